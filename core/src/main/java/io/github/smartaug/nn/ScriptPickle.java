package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import io.github.smartaug.nn.PickledValues.Called;
import io.github.smartaug.nn.PickledValues.Container;
import io.github.smartaug.nn.PickledValues.Global;
import io.github.smartaug.nn.PickledValues.Group;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pickle as {@code torch.jit.save} writes it, and nothing else: libtorch believes a pickle,
 * and what it believes wrongly ends the process. Nothing is made of what the pickle says but {@link
 * PickledValues values} that can be checked.
 */
final class ScriptPickle {
  private static final Object MARK = new Object();
  private static final int PROTOCOL = 2;
  private static final int BYTE = 0xff;
  private static final int SHORT = 0xffff;

  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final List<Object> memo = new ArrayList<>();
  private final PickledTensors tensors = new PickledTensors();

  private ScriptPickle(byte[] pickle) {
    in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a whole pickle.
   *
   * @return the storages and tensors in it
   * @throws IllegalArgumentException if it is damaged, or says something that no TorchScript file
   *     says; the message says what, and where
   */
  static PickledTensors read(byte[] pickle) {
    ScriptPickle reader = new ScriptPickle(pickle);
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
      return reader.tensors;
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
      case 'c' -> stack.add(Global.of(line(), line()));
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
      case 'Q' -> stack.add(tensors.storage(pop()));
      case 'R' -> call();
      case 0x81 -> create();
      case 'b' -> build();
      default ->
          throw new IllegalArgumentException(
              "has the operation 0x%02x, which TorchScript does not write".formatted(operation));
    }
  }

  private static void protocol(int version) {
    if (version != PROTOCOL) {
      throw new IllegalArgumentException("has protocol " + version);
    }
  }

  private void call() {
    Object arguments = pop();
    Object function = pop();
    if (!(function instanceof Global global) || !(arguments instanceof Group group)) {
      throw new IllegalArgumentException("calls what is no function");
    }
    stack.add(Called.checked(global, group, tensors));
  }

  /** An object of a class of the file's own code; its attributes follow. */
  private void create() {
    Object arguments = pop();
    if (!(pop() instanceof Global global)
        || !global.isOfTheCode()
        || !arguments.equals(Group.of(List.of()))) {
      throw new IllegalArgumentException("makes an object of no class of its code");
    }
    stack.add(new Called(global, 1));
  }

  private void build() {
    Object attributes = pop();
    Object object = pop();
    if (!(object instanceof Called called)
        || !called.global().isOfTheCode()
        || !(attributes instanceof Container container)
        || !container.isDictionary()) {
      throw new IllegalArgumentException(
          "has an object whose attributes are no dictionary (one with __setstate__)");
    }
    stack.add(called.with(container));
  }

  private void addTo(boolean dictionary, List<Object> values) {
    Object target = stack.isEmpty() ? MARK : stack.get(stack.size() - 1);
    if (!(target instanceof Container container) || container.isDictionary() != dictionary) {
      throw new IllegalArgumentException("adds to what is no list or dictionary");
    }
    container.add(values);
  }

  private void remember(int place) {
    if (place != memo.size() || stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw new IllegalArgumentException("remembers a value as number " + place);
    }
    Object value = stack.get(stack.size() - 1);
    if (value instanceof Container container) {
      container.complete();
    }
    memo.add(value);
  }

  private Object remembered(int place) {
    if (place < 0 || place >= memo.size()) {
      throw new IllegalArgumentException("uses value " + place + ", which it did not remember");
    }
    return memo.get(place);
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
    if (size != Long.BYTES) {
      throw new IllegalArgumentException("has a number of " + size + " bytes");
    }
    return in.getLong();
  }

  private String text(int size) {
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[size];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
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
