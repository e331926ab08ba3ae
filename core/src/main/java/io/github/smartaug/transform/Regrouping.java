package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The way of a batch from the groups of one order into those of another.
 *
 * <p>Images that are neighbours in both orders are a run. Moved run by run, every image is copied
 * once, and its gradient once; by an index, twice and three times (joined, then gathered; back, its
 * place is zeroed and added to, then joined), but in one go however many runs there are.
 */
final class Regrouping {
  /** Bytes that take as long to copy there and back as a run takes to be handled, about. */
  private static final long BYTES_WORTH_A_RUN = 1 << 14;

  private final long[] sizesBefore;
  private final long[] sizesAfter;

  /** Place before of the image at each place after. */
  private final int[] sources;

  /** In the order of the places that they come to. */
  private final List<Run> runs;

  /** Neighbours of one group, from a place on, that come into one group. */
  private record Run(int before, int size) {}

  private Regrouping(Grouping before, Grouping after) {
    this.sizesBefore = before.occupiedSizes();
    this.sizesAfter = after.occupiedSizes();
    int[] places = before.places();
    this.sources = IntStream.of(after.order()).map(image -> places[image]).toArray();
    this.runs = runs(sources, starts(sizesBefore), starts(sizesAfter));
  }

  /** The way between two orders of the same batch, which has images. */
  static Regrouping between(Grouping before, Grouping after) {
    return new Regrouping(before, after);
  }

  private static List<Run> runs(int[] sources, boolean[] startsBefore, boolean[] startsAfter) {
    List<Run> runs = new ArrayList<>();
    int start = 0;
    for (int place = 1; place <= sources.length; place++) {
      if (place == sources.length
          || startsAfter[place]
          || startsBefore[sources[place]]
          || sources[place] != sources[place - 1] + 1) {
        runs.add(new Run(sources[start], place - start));
        start = place;
      }
    }
    return runs;
  }

  /** Whether a group starts at a place. */
  private static boolean[] starts(long[] sizes) {
    boolean[] starts = new boolean[Math.toIntExact(Arrays.stream(sizes).sum())];
    int start = 0;
    for (long size : sizes) {
      starts[start] = true;
      start += Math.toIntExact(size);
    }
    return starts;
  }

  /** Number of runs. */
  int runs() {
    return runs.size();
  }

  /**
   * Brings images into the groups after.
   *
   * @param groups the occupied groups before, each [b,C,H,W]
   * @return the occupied groups after; may share memory with those before
   */
  List<Tensor> apply(List<Tensor> groups) {
    return isWorthRuns(groups) ? byRuns(groups) : byIndex(groups);
  }

  private boolean isWorthRuns(List<Tensor> groups) {
    Tensor first = groups.get(0);
    // On other devices a kernel launch takes as long as a large copy.
    if (!first.is_cpu()) {
      return false;
    }
    // Without groups to join and gradients to bring back, an index copies once, too.
    if (groups.size() == 1 && runs.size() > 1 && !first.requires_grad()) {
      return false;
    }
    long bytes = first.nbytes() / first.size(0) * sources.length;
    return bytes >= runs.size() * BYTES_WORTH_A_RUN;
  }

  private List<Tensor> byIndex(List<Tensor> groups) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor joined = groups.size() == 1 ? groups.get(0) : Tensors.concatenate(groups, 0);
      Tensor ordered = joined.index_select(0, Tensors.indices(sources, joined));
      return scope.keep(Tensors.split(ordered, sizesAfter));
    }
  }

  private List<Tensor> byRuns(List<Tensor> groups) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor[] pieces = pieces(groups);
      List<Tensor> result = new ArrayList<>(sizesAfter.length);
      int next = 0;
      for (long size : sizesAfter) {
        int first = next;
        for (int placed = 0; placed < size; next++) {
          placed += runs.get(next).size();
        }
        result.add(scope.keep(joined(Arrays.copyOfRange(pieces, first, next))));
      }
      return result;
    }
  }

  private static Tensor joined(Tensor[] pieces) {
    return pieces.length == 1 ? new Tensor(pieces[0]) : torch.cat(new TensorVector(pieces), 0);
  }

  /** The groups cut into runs, in the order of the runs; handles into vectors of this scope. */
  private Tensor[] pieces(List<Tensor> groups) {
    int[] byPlaceBefore = byPlaceBefore();
    Tensor[] pieces = new Tensor[runs.size()];
    int next = 0;
    for (int group = 0; group < sizesBefore.length; group++) {
      int first = next;
      for (int cut = 0; cut < sizesBefore[group]; next++) {
        cut += runs.get(byPlaceBefore[next]).size();
      }
      long[] sizes = new long[next - first];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = runs.get(byPlaceBefore[first + i]).size();
      }
      TensorVector ofGroup = groups.get(group).split_with_sizes(sizes, 0);
      for (int i = 0; i < sizes.length; i++) {
        pieces[byPlaceBefore[first + i]] = ofGroup.get(i);
      }
    }
    return pieces;
  }

  /** The runs in the order of the places that they come from. */
  private int[] byPlaceBefore() {
    int[] runAt = new int[sources.length];
    Arrays.fill(runAt, -1);
    for (int run = 0; run < runs.size(); run++) {
      runAt[runs.get(run).before()] = run;
    }
    return IntStream.of(runAt).filter(run -> run >= 0).toArray();
  }
}
