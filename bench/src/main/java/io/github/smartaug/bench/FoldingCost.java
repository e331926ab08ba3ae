package io.github.smartaug.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What folding batch normalisation into convolutions brings at evaluation. */
@Command(
    name = "folding-cost",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Convolution, batch normalisation and ReLU at evaluation, next to the same folded.",
      "",
      "Folded is a convolution with the weights that batch normalisation makes of them, and ReLU."
          + " Ratios above 1 are in favour of folding; they are of the time that the calling thread"
          + " ran, so measure with one thread. Cases alternate in one process."
    })
final class FoldingCost implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--batch-size",
      defaultValue = "64",
      description = "Images in a batch. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--repeat",
      defaultValue = "101",
      description = "Measurements of each case. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "Rounds before the first measurement. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(names = "--threads", description = "CPU threads. Default: the number of cores.")
  private Integer threads;

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      TorchRuntime.setThreads(threads);
    }
    ObjectNode last = JSON.createObjectNode().put("benchmark", "folding-cost");
    ObjectNode summary = last.putObject("summary");
    summary.put("batch_size", batchSize).put("threads", TorchRuntime.threads());
    for (torch.MemoryFormat format :
        List.of(torch.MemoryFormat.Contiguous, torch.MemoryFormat.ChannelsLast)) {
      String order = format == torch.MemoryFormat.Contiguous ? "contiguous" : "channels-last";
      ObjectNode ratios = summary.putObject(order);
      for (FoldedBlock block : FoldedBlock.values()) {
        try (TensorScope scope = TensorScope.open()) {
          List<Measurement> cases = block.cases(batchSize, format);
          Measurement.alternate(cases, warmUp, repeat);
          ratios.put(block.caseName(), report(block, order, cases.get(0), cases.get(1)));
        }
      }
    }
    System.out.println(JSON.writeValueAsString(last));
    return 0;
  }

  /** Prints both and returns how many times as fast folded is. */
  private static double report(
      FoldedBlock block, String order, Measurement separate, Measurement folded)
      throws IOException {
    double timesAsFast =
        Measurement.rounded(separate.medianThreadSeconds() / folded.medianThreadSeconds());
    System.out.println(
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("benchmark", "folding-cost")
                .put("case", block.caseName())
                .put("memory_format", order)
                .put("separate_thread_seconds", separate.medianThreadSeconds())
                .put("folded_thread_seconds", folded.medianThreadSeconds())
                .put("times_as_fast", timesAsFast)
                .put("times_as_fast_at_best", Measurement.rounded(separate.min() / folded.min()))));
    return timesAsFast;
  }
}
