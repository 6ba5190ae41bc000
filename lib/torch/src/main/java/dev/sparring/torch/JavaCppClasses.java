package dev.sparring.torch;

import java.util.List;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
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
 * <p>Each of these classes asks JavaCPP for its libraries, and where CUDA's artifact is missing
 * JavaCPP then looks for some thirty libraries of CUDA in all jars, each time anew. It does not if
 * it is told of an extension that no artifact has. That must not last, since the extension counts
 * for ND4J's libraries too, so the classes are initialized here together; one that is not listed is
 * only slower.
 */
final class JavaCppClasses {
  private static final String EXTENSION = "platform.extension";

  private static final List<Class<?>> USED =
      List.of(
          AutoGradMode.class,
          BoolOptional.class,
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

  static void load() {
    Properties properties = Loader.loadProperties();
    boolean isPlain = properties.getProperty(EXTENSION) == null && !LibraryUnpacker.hasCuda();
    if (isPlain) {
      properties.setProperty(EXTENSION, "-cpu");
    }
    try {
      Loader.load(torch.class);
      USED.forEach(Loader::load);
    } finally {
      if (isPlain) {
        properties.remove(EXTENSION);
      }
    }
  }
}
