package io.github.smartaug.input;

import io.github.smartaug.input.PickledValues.ByteString;
import io.github.smartaug.input.PickledValues.Container;
import io.github.smartaug.input.PickledValues.Group;
import io.github.smartaug.input.PickledValues.NamedCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle as PyTorch writes it, or Python itself. Nothing is run of what the pickle says:
 * all that is made of it are {@link PickledValues values} that can be checked. Which functions and
 * classes it may name says a {@link PickleDialect}.
 */
public final class SafePickleReader {
  private static final Object MARK = new Object();
  private static final int PROTOCOL = 2;
  private static final int LAST_PROTOCOL = 4;
  private static final int NO_OPERATION = -1;
  private static final int BYTE = 0xff;
  private static final int SHORT = 0xffff;

  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private final PickleDialect dialect;

  private SafePickleReader(byte[] pickle, PickleDialect dialect) {
    this.dialect = dialect;
    in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a whole pickle.
   *
   * @throws IllegalArgumentException if it is damaged, or says something that the dialect does not
   *     know; the message says what, and where
   */
  public static Object read(byte[] pickle, PickleDialect dialect) {
    SafePickleReader reader = new SafePickleReader(pickle, dialect);
    int at = 0;
    try {
      int operation = reader.in.get() & BYTE;
      while (operation != '.') {
        reader.follow(operation);
        at = reader.in.position();
        operation = reader.in.get() & BYTE;
      }
      if (reader.stack.size() != 1 || reader.stack.get(0) == MARK) {
        throw new IllegalArgumentException("holds " + reader.stack.size() + " values");
      }
      return reader.stack.get(0);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("is cut off", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + " (at byte " + at + ")", e);
    }
  }

  private void follow(int operation) {
    switch (operation) {
      case 0x80 -> protocol(in.get() & BYTE);
      case '(' -> stack.add(MARK);
      case 'N' -> stack.add(PickledValues.NONE);
      case 0x88, 0x89 -> stack.add(operation == 0x88);
      case 'K' -> stack.add((long) (in.get() & BYTE));
      case 'M' -> stack.add((long) (in.getShort() & SHORT));
      case 'J' -> stack.add((long) in.getInt());
      case 0x8a -> stack.add(longNumber(in.get()));
      case 'G' -> stack.add(in.getDouble());
      case 'X' -> stack.add(text(in.getInt()));
      case 'c' -> stack.add(dialect.global(line() + "." + line()));
      case ']', '}' -> stack.add(new Container(operation == '}'));
      case ')' -> stack.add(Group.of(List.of()));
      case 't' -> stack.add(Group.of(sinceMark()));
      case 0x85, 0x86, 0x87 -> stack.add(Group.of(last(operation - 0x84)));
      case 'q' -> remember(in.get() & BYTE);
      case 'r' -> remember(in.getInt());
      case 'h' -> stack.add(remembered(in.get() & BYTE));
      case 'j' -> stack.add(remembered(in.getInt()));
      case 'a' -> addTo(false, last(1));
      case 'e' -> addTo(false, sinceMark());
      case 's' -> addTo(true, last(2));
      case 'u' -> addTo(true, sinceMark());
      case 'Q' -> stack.add(dialect.outside(pop()));
      case 'R' -> call();
      case 0x81 -> create();
      case 'b' -> build();
      default -> followOfPython(operation);
    }
  }

  private void followOfPython(int operation) {
    switch (dialect.isOfPython() ? operation : NO_OPERATION) {
      case 'U', 'C' -> stack.add(byteString(in.get() & BYTE));
      case 'T', 'B' -> stack.add(byteString(in.getInt()));
      case 0x8c -> stack.add(new String(bytes(in.get() & BYTE), StandardCharsets.UTF_8));
      case 0x93 -> globalOfStack();
      case 0x94 -> remember(memo.size());
      // The size of a frame, in which other operations follow.
      case 0x95 -> in.getLong();
      default ->
          throw new IllegalArgumentException(
              "has the operation 0x%02x, which %s does not write"
                  .formatted(operation, dialect.writer()));
    }
  }

  private void globalOfStack() {
    List<Object> names = last(2);
    if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
      throw new IllegalArgumentException("has a function without a name");
    }
    stack.add(dialect.global(module + "." + name));
  }

  private void protocol(int version) {
    boolean known =
        dialect.isOfPython()
            ? version >= PROTOCOL && version <= LAST_PROTOCOL
            : version == PROTOCOL;
    if (!known) {
      throw new IllegalArgumentException("has protocol " + version);
    }
  }

  private void call() {
    Object arguments = pop();
    Object function = pop();
    if (!(function instanceof NamedCode global) || !(arguments instanceof Group group)) {
      throw new IllegalArgumentException("calls what is no function");
    }
    stack.add(dialect.call(global, group));
  }

  private void create() {
    Object arguments = pop();
    stack.add(dialect.create(pop(), arguments));
  }

  private void build() {
    Object attributes = pop();
    stack.add(dialect.build(pop(), attributes));
  }

  private void addTo(boolean dictionary, List<Object> values) {
    Object target = stack.isEmpty() ? MARK : stack.get(stack.size() - 1);
    if (!(target instanceof Container container) || container.isDictionary() != dictionary) {
      throw new IllegalArgumentException("adds to what is no list or dictionary");
    }
    container.add(values);
  }

  private void remember(int place) {
    boolean inTurn = dialect.isOfPython() ? !memo.containsKey(place) : place == memo.size();
    if (!inTurn || stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw new IllegalArgumentException("remembers a value as number " + place);
    }
    Object value = stack.get(stack.size() - 1);
    memo.put(place, value);
  }

  private Object remembered(int place) {
    if (!memo.containsKey(place)) {
      throw new IllegalArgumentException("uses value " + place + ", which it did not remember");
    }
    Object value = memo.get(place);
    if (value instanceof Container container) {
      container.complete();
    }
    return value;
  }

  private Object pop() {
    return last(1).get(0);
  }

  private List<Object> last(int count) {
    if (stack.size() < count) {
      throw new IllegalArgumentException("takes a value that is not there");
    }
    List<Object> taken = stack.subList(stack.size() - count, stack.size());
    List<Object> values = List.copyOf(taken);
    if (values.contains(MARK)) {
      throw new IllegalArgumentException("takes a value that is not there");
    }
    taken.clear();
    return values;
  }

  private List<Object> sinceMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new IllegalArgumentException("ends a group that does not begin");
    }
    List<Object> values = last(stack.size() - mark - 1);
    stack.remove(mark);
    return values;
  }

  private long longNumber(int size) {
    if (size < 0 || size > Long.BYTES || !dialect.hasNumbersOf(size)) {
      throw new IllegalArgumentException("has a number of " + size + " bytes");
    }
    long number = 0;
    for (int i = 0; i < size; i++) {
      number |= (long) (in.get() & BYTE) << (Byte.SIZE * i);
    }
    int unused = Byte.SIZE * (Long.BYTES - size);
    return size == 0 ? 0 : number << unused >> unused;
  }

  private String text(int size) {
    return new String(bytes(size), StandardCharsets.UTF_8);
  }

  private ByteString byteString(int size) {
    requireRemaining(size);
    ByteBuffer part = in.slice(in.position(), size);
    in.position(in.position() + size);
    return new ByteString(part);
  }

  private void requireRemaining(int size) {
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
  }

  private byte[] bytes(int size) {
    requireRemaining(size);
    byte[] bytes = new byte[size];
    in.get(bytes);
    return bytes;
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = in.get() & BYTE; c != '\n'; c = in.get() & BYTE) {
      line.append((char) c);
      if (line.length() > Excerpt.LIMIT) {
        throw new IllegalArgumentException(
            "has a name of more than " + Excerpt.LIMIT + " characters");
      }
    }
    return line.toString();
  }
}
