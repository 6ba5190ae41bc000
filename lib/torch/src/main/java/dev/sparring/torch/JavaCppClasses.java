package dev.sparring.torch;

import java.util.List;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch and initializes the classes of JavaCPP that the engine uses.
 *
 * <p>Each of these classes asks JavaCPP for its libraries, which then looks for all of them in all
 * jars, each time anew. It does not if it is told to load none. That must not last, since it counts
 * for ND4J's libraries too, so the classes are initialized here together; one that is not listed is
 * only slower. Where CUDA's artifact is missing JavaCPP also looks for some thirty libraries of
 * CUDA, unless it is told of an extension that no artifact has.
 */
final class JavaCppClasses {
  private static final String EXTENSION = "platform.extension";

  /** The property by which JavaCPP can be told not to load, and so not to look for, libraries. */
  private static final String SEARCH = "org.bytedeco.javacpp.loadLibraries";

  private static final List<Class<?>> USED =
      List.of(
          Pointer.class,
          org.bytedeco.openblas.presets.openblas_nolapack.class,
          org.bytedeco.openblas.presets.openblas.class,
          openblas.class,
          torch.class,
          AutoGradMode.class,
          BoolOptional.class,
          Context.class,
          Device.class,
          DeviceOptional.class,
          Dispatcher.class,
          DoubleOptional.class,
          GenericList.class,
          IValue.class,
          IValueVector.class,
          LongOptional.class,
          NoGradGuard.class,
          OperatorHandle.class,
          Scalar.class,
          ScalarTypeOptional.class,
          Tensor.class,
          TensorBase.class,
          TensorList.class,
          TensorOptional.class,
          TensorOptions.class,
          TensorVector.class,
          Type.TypePtr.class);

  private JavaCppClasses() {}

  /** Loads libtorch through JavaCPP. */
  static void load() {
    Properties properties = Loader.loadProperties();
    boolean isPlain = properties.getProperty(EXTENSION) == null && !LibraryUnpacker.hasCuda();
    if (isPlain) {
      properties.setProperty(EXTENSION, "-cpu");
    }
    try {
      Loader.load(torch.class);
      initialize();
    } finally {
      if (isPlain) {
        properties.remove(EXTENSION);
      }
    }
  }

  /** Initializes the classes, whose libraries are loaded. */
  private static void initialize() {
    withoutSearch(() -> USED.forEach(JavaCppClasses::initialize));
  }

  /** Runs what asks JavaCPP for libraries that are loaded, without its search for them. */
  static void withoutSearch(Runnable use) {
    String before = System.setProperty(SEARCH, "false");
    try {
      use.run();
    } finally {
      if (before == null) {
        System.clearProperty(SEARCH);
      } else {
        System.setProperty(SEARCH, before);
      }
    }
  }

  private static void initialize(Class<?> used) {
    try {
      Class.forName(used.getName(), true, used.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError(used.getName() + ": " + e.getMessage());
    }
  }
}
