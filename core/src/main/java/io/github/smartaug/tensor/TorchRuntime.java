package io.github.smartaug.tensor;

import io.github.smartaug.input.InputRange;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up libtorch once per process: its native libraries, memory limits, number of threads.
 *
 * <p>The classes of this library call {@link #initialize()} themselves. A program that makes
 * tensors before it uses this library must call it, too: the set-up has to run before the first
 * class of {@code org.bytedeco.pytorch} is initialised.
 *
 * <p>What it takes care of:
 *
 * <ul>
 *   <li><b>Another libtorch on the machine.</b> JavaCPP extracts and loads one library after the
 *       other, {@code libtorch.so} before {@code libtorch_cpu.so}, which it needs. If the linker
 *       finds a foreign {@code libtorch_cpu.so}, in a system folder or on {@code LD_LIBRARY_PATH},
 *       it uses that one and the process crashes. Therefore all libraries are extracted first, and
 *       those that others need are loaded first, by their full path.
 *   <li><b>Memory limits.</b> JavaCPP derives its default limits from the size of the Java heap,
 *       and stops long runs although the machine has memory left. The limits are lifted, unless the
 *       user sets {@code -Dorg.bytedeco.javacpp.maxBytes} or {@code
 *       -Dorg.bytedeco.javacpp.maxPhysicalBytes}.
 *   <li><b>Threads.</b> Threads of OpenBLAS and OpenMP compete for the same cores. Therefore
 *       OpenBLAS gets one thread, and libtorch's operations all cores. {@code OMP_NUM_THREADS} and
 *       {@code OPENBLAS_NUM_THREADS} change this, {@link #setThreads(int)} overrides both.
 *   <li><b>Convolutions that are wrong.</b> On virtual machines that do not tell the sizes of their
 *       caches, some convolutions of oneDNN give wrong numbers. It is tried at the start, and
 *       switched off where it does.
 * </ul>
 */
public final class TorchRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(TorchRuntime.class);

  /** Libraries that others need, in the order of loading. */
  private static final List<String> LOADED_FIRST = List.of("c10", "torch_cpu");

  private static final String MAX_BYTES = "org.bytedeco.javacpp.maxBytes";
  private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

  /** Threads that any machine may ask for: a run goes on with those that it began with. */
  private static final int ALWAYS_ALLOWED_THREADS = 64;

  /** Stacks hold 4 kB per thread in libtorch's sorting, so a factor more would fit no stack. */
  private static final int THREADS_PER_PROCESSOR = 4;

  private TorchRuntime() {}

  /** Runs the set-up on class initialisation, which the JVM does exactly once and thread-safely. */
  private static final class Once {
    private static final boolean ONE_DNN;

    static {
      liftMemoryLimits();
      loadNatives();
      warnIfLimitsStand();
      openblas.blas_set_num_threads(threadsFromEnvironment("OPENBLAS_NUM_THREADS", 1));
      torch.set_num_threads(
          threadsFromEnvironment("OMP_NUM_THREADS", Runtime.getRuntime().availableProcessors()));
      // It would take over where oneDNN is off, and where it cannot, warn at every convolution.
      torch.globalContext().setUserEnabledNNPACK(false);
      ONE_DNN = ConvolutionCheck.passes();
      torch.globalContext().setUserEnabledMkldnn(ONE_DNN);
      LOG.debug(
          "libtorch {} ready: {} intra-op threads, {} OpenBLAS threads",
          version(),
          torch.get_num_threads(),
          openblas.blas_get_num_threads());
    }

    private Once() {}

    static void run() {}
  }

  /** Makes libtorch ready for use. Cheap after the first call; may be called by several threads. */
  public static void initialize() {
    Once.run();
  }

  /**
   * Sets the number of threads that one operation of libtorch uses on the CPU.
   *
   * @param threads from 1 to {@link #mostThreads()}
   */
  public static void setThreads(int threads) {
    InputRange.within(1, mostThreads(), "threads", threads);
    initialize();
    torch.set_num_threads(threads);
  }

  /**
   * The most threads that are allowed: four for each processor, and 64 on small machines. With many
   * more, libtorch's sorting overflows the stack of its caller, which ends the process.
   */
  public static int mostThreads() {
    return Math.max(
        ALWAYS_ALLOWED_THREADS, THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Whether convolutions on the CPU are those of oneDNN. They are not where these are wrong, as on
   * virtual machines that do not tell the sizes of their caches; then they are slower.
   */
  public static boolean usesOneDnn() {
    initialize();
    return Once.ONE_DNN;
  }

  /** Number of threads that one operation of libtorch uses on the CPU. */
  public static int threads() {
    initialize();
    return torch.get_num_threads();
  }

  /** Number of OpenBLAS threads. */
  public static int blasThreads() {
    initialize();
    return openblas.blas_get_num_threads();
  }

  /**
   * Seeds libtorch's own random generators, which only dropout uses. Everything else draws from a
   * {@link io.github.smartaug.random.RandomStream}.
   */
  public static void seed(long seed) {
    initialize();
    torch.manual_seed(seed);
  }

  /** Version of libtorch and of its binding, such as {@code 2.10.0-1.5.13}. */
  public static String version() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      throw new UncheckedIOException("the version of libtorch's binding cannot be read", e);
    }
  }

  /** Where native libraries are extracted; {@code -Dorg.bytedeco.javacpp.cachedir} changes it. */
  public static Path cacheFolder() {
    try {
      return Loader.getCacheDir().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no folder for libtorch's natives", e);
    }
  }

  /** JavaCPP's limit for the bytes that it tracks; 0 means no limit. */
  public static long maxBytes() {
    initialize();
    return Pointer.maxBytes();
  }

  /** JavaCPP's limit for the resident memory of the process; 0 means no limit. */
  public static long maxPhysicalBytes() {
    initialize();
    return Pointer.maxPhysicalBytes();
  }

  /** Resident memory of the process in bytes. */
  public static long residentBytes() {
    initialize();
    return Pointer.physicalBytes();
  }

  /**
   * Largest resident memory of the process so far, in bytes. On systems other than Linux, the
   * present resident memory.
   */
  public static long peakResidentBytes() {
    Path status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      try (Stream<String> lines = Files.lines(status)) {
        Optional<String> peak = lines.filter(line -> line.startsWith("VmHWM:")).findFirst();
        if (peak.isPresent()) {
          return Long.parseLong(peak.get().replaceAll("[^0-9]", "")) * 1024;
        }
      } catch (IOException e) {
        LOG.debug("cannot read {}", status, e);
      }
    }
    return residentBytes();
  }

  private static void liftMemoryLimits() {
    // Pointer's static initialiser reads them, so they must be set before it runs.
    liftUnlessSet(MAX_BYTES);
    liftUnlessSet(MAX_PHYSICAL_BYTES);
  }

  private static void liftUnlessSet(String property) {
    // JavaCPP knows each property in lower case, too.
    boolean set =
        System.getProperty(property) != null
            || System.getProperty(property.toLowerCase(Locale.ROOT)) != null;
    if (!set) {
      System.setProperty(property, "0");
    }
  }

  private static void warnIfLimitsStand() {
    if (Pointer.maxPhysicalBytes() > 0 && "0".equals(System.getProperty(MAX_PHYSICAL_BYTES))) {
      LOG.warn(
          "JavaCPP was used before SmartAug was set up, so its limit of {} bytes of memory stands;"
              + " call TorchRuntime.initialize() first, or start Java with -D{}=0",
          Pointer.maxPhysicalBytes(),
          MAX_PHYSICAL_BYTES);
    }
  }

  private static void loadNatives() {
    String platform = Loader.getPlatform();
    List<File> folders = new ArrayList<>();
    try {
      Loader.cacheResources("/org/bytedeco/openblas/" + platform + "/");
      // One of the two is empty: either the GPU build or the CPU build is on the class path.
      folders.addAll(List.of(Loader.cacheResources("/org/bytedeco/pytorch/" + platform + "-gpu/")));
      folders.addAll(List.of(Loader.cacheResources("/org/bytedeco/pytorch/" + platform + "/")));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot extract libtorch's natives (cache folder: -Dorg.bytedeco.javacpp.cachedir)", e);
    }
    Loader.load(openblas.class);
    for (String library : LOADED_FIRST) {
      loadFrom(folders, library);
    }
    Loader.load(torch.class);
  }

  private static void loadFrom(List<File> folders, String library) {
    for (File folder : folders) {
      File file = new File(folder, System.mapLibraryName(library));
      if (file.exists()) {
        try {
          System.load(file.getAbsolutePath());
        } catch (UnsatisfiedLinkError e) {
          // It needs CUDA's libraries, which are not loaded yet. JavaCPP knows and loads them.
          LOG.debug("{} is left to JavaCPP", file, e);
        }
        return;
      }
    }
  }

  private static int threadsFromEnvironment(String variable, int otherwise) {
    String text = System.getenv(variable);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    try {
      // OpenMP allows a list, one entry per nesting level; the first counts here.
      int threads = Integer.parseInt(text.split(",", -1)[0].trim());
      if (threads >= 1 && threads <= mostThreads()) {
        return threads;
      }
    } catch (NumberFormatException e) {
      LOG.debug("not a number: {}={}", variable, text, e);
    }
    LOG.warn(
        "{}={} ignored: allowed is a number of threads from 1 to {}",
        variable,
        text,
        mostThreads());
    return otherwise;
  }
}
