package dev.sparring.torch;

import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.ExtractorFile;
import dev.sparring.extract.FeatureModel;
import dev.sparring.tensor.Shape;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.FunctionSchema;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.StringIValueMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A TorchScript module on the processor, in evaluation mode and without gradients, with as many
 * threads as {@link TorchEngine}; equal bits when repeated with the same number of threads.
 *
 * <p>A module is a program that libtorch runs, and its pickles are read by libtorch: a file from an
 * unknown source may do what a program may.
 */
final class TorchScript implements FeatureModel {
  /** What libtorch adds since 2.13: that the file is damaged, which a file of weights is not. */
  private static final String GUESS = "\\. This is an internal miniz error\\..*";

  /** Requests features from networks that return class probabilities by default. */
  private static final String FLAG = "return_features";

  private static final String FORWARD = "forward";

  private final ExtractorFile file;
  private final JitModule module;
  private final boolean flagged;

  private TorchScript(ExtractorFile file, JitModule module, boolean flagged) {
    this.file = file;
    this.module = module;
    this.flagged = flagged;
  }

  /**
   * Reads a module.
   *
   * @throws ExtractorException if the file holds none, or none with a {@code forward}
   * @throws dev.sparring.tensor.EngineException if libtorch does not load
   */
  @SuppressWarnings("try") // the scope acts by being open
  static TorchScript open(ExtractorFile file) {
    Natives.load();
    try (PointerScope scope = new PointerScope()) {
      JitModule module = load(file);
      if (!module.find_method(FORWARD).has_value()) {
        throw new ExtractorException(file.path() + ": a module without a method forward");
      }
      module.eval();
      FunctionSchema schema = module.get_method(FORWARD).function().getSchema();
      boolean flagged = schema.argumentIndexWithName(FLAG).has_value();
      return new TorchScript(file, module.retainReference(), flagged);
    }
  }

  private static JitModule load(ExtractorFile file) {
    try {
      // Also if the module was saved on a GPU.
      DeviceOptional cpu = new DeviceOptional(new Device("cpu"));
      return torch.load(file.path().toString(), cpu, false);
    } catch (RuntimeException e) {
      throw new ExtractorException(
          file.path()
              + ": cannot be used as TorchScript: "
              + Failures.firstLine(e).replaceFirst(GUESS, "")
              + "; expected a module saved by torch.jit.save",
          e);
    }
  }

  @Override
  public String kind() {
    return "torchscript";
  }

  /** Modules do not store this. */
  @Override
  public Input input() {
    return Input.ANY;
  }

  @Override
  public String description() {
    return (flagged ? "with " + FLAG + "=True, " : "")
        + file.output().map(name -> "output " + name).orElse("first output")
        + " (averaged over height and width where it has them), by "
        + Natives.version();
  }

  @Override
  @SuppressWarnings("try") // scope and guard act by being open
  public Output run(float[] images, Shape shape) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      IValueVector arguments = new IValueVector(new IValue(Tensor.create(images, shape.toLongs())));
      StringIValueMap flags = new StringIValueMap();
      if (flagged) {
        flags.put(new BytePointer(FLAG), new IValue(true));
      }
      IValue given = translate(() -> module.forward(arguments, flags));
      Tensor features = ScriptOutput.tensor(given, file).to(torch.ScalarType.Float).contiguous();
      float[] values = new float[Math.toIntExact(features.numel())];
      new FloatPointer(features.data_ptr_float()).get(values);
      int[] extents = new int[Math.toIntExact(features.dim())];
      for (int i = 0; i < extents.length; i++) {
        extents[i] = Math.toIntExact(features.size(i));
      }
      return FeatureModel.output(Shape.of(extents), values);
    }
  }

  private <T> T translate(Supplier<T> calls) {
    try {
      return calls.get();
    } catch (RuntimeException e) {
      throw new ExtractorException(file.path() + ": " + reason(e), e);
    }
  }

  /** The interpreter's messages begin with the program's lines and end with the reason. */
  private static String reason(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    String mark = "\nRuntimeError: ";
    int at = message.lastIndexOf(mark);
    return at < 0
        ? Failures.firstLine(e)
        : message
            .substring(at + mark.length())
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst("[: ]+$", ""); // an assertion without a text
  }

  @Override
  public void close() {
    module.releaseReference();
  }
}
