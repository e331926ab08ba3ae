package io.github.smartaug.cli;

import io.github.smartaug.cli.options.NamedThings;
import io.github.smartaug.run.Versions;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code smartaug info}. */
@Command(
    name = "info",
    description = "Shows versions, devices, threads, limits, and all names that options take.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class)
final class InfoCommand implements Callable<Integer> {
  private static final int WIDTH = 100;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TorchRuntime.initialize();
    PrintWriter out = spec.commandLine().getOut();
    versions(out);
    machine(out);
    names(out);
    out.flush();
    return 0;
  }

  private static void versions(PrintWriter out) {
    row(out, "SmartAug", Versions.smartAug());
    row(out, "libtorch", Versions.libtorch() + " (" + Loader.getPlatform() + ")");
    row(out, "Java", Versions.java());
    row(out, "system", Versions.operatingSystem());
  }

  private static void machine(PrintWriter out) throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    row(out, "devices", devices());
    row(
        out,
        "threads",
        String.format(
            Locale.ROOT,
            "%d (ATen), %d (OpenBLAS), %d processors",
            TorchRuntime.threads(),
            TorchRuntime.blasThreads(),
            processors));
    row(
        out,
        "convolutions",
        TorchRuntime.usesOneDnn()
            ? "of oneDNN"
            : "without oneDNN, which gives wrong numbers on this machine");
    row(out, "Java heap", bytes(Runtime.getRuntime().maxMemory()) + " at most");
    row(out, "native memory", limit(TorchRuntime.maxBytes()) + " tracked by JavaCPP");
    row(out, "process memory", limit(TorchRuntime.maxPhysicalBytes()) + " resident");
    File cache = Loader.getCacheDir();
    row(out, "natives in", cache.getPath());
    out.println();
    out.println("Parallel libtorch:");
    try (var info = torch.get_parallel_info()) {
      info.getString().lines().map(line -> "  " + line.replace("\t", "  ")).forEach(out::println);
    }
    out.println();
  }

  private static String devices() {
    int count = Devices.cudaCount();
    return switch (count) {
      case 0 -> "cpu";
      case 1 -> "cpu, cuda";
      default -> "cpu, cuda:0 to cuda:" + (count - 1);
    };
  }

  private static void names(PrintWriter out) {
    for (NamedThings things : NamedThings.all()) {
      out.println(things.title() + " (" + things.option() + "):");
      NameLists.table(things.entries(), WIDTH).forEach(out::println);
      out.println();
    }
  }

  private static void row(PrintWriter out, String name, String value) {
    out.println(String.format(Locale.ROOT, "%-15s %s", name, value));
  }

  private static String limit(long limit) {
    return limit == 0 ? "no limit," : bytes(limit);
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
