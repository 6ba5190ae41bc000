package dev.sparring.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.ExtractorFile;
import dev.sparring.extract.FeatureModel;
import dev.sparring.file.Reason;
import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * A model in ONNX Runtime, on the processor, with as many threads as engines have ({@link
 * NativeProcess#threads()}); equal bits when repeated with the same number of threads.
 */
final class OrtModel implements FeatureModel {
  /** ONNX Runtime's message if a model without a file has weights in other files. */
  private static final String ELSEWHERE = "model_path must not be empty";

  private final ExtractorFile file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Signature signature;

  private OrtModel(
      ExtractorFile file, OrtEnvironment environment, OrtSession session, Signature signature) {
    this.file = file;
    this.environment = environment;
    this.session = session;
    this.signature = signature;
  }

  /**
   * Reads a model.
   *
   * @throws ExtractorException if the file holds none, or none that takes images and gives features
   * @throws EngineException if ONNX Runtime does not load
   */
  static OrtModel open(ExtractorFile file) {
    OrtEnvironment environment = environment();
    byte[] bytes = read(file);
    OrtSession session;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(NativeProcess.threads());
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      session = environment.createSession(bytes, options);
    } catch (OrtException e) {
      throw new ExtractorException(
          file.path()
              + ": cannot be used as an ONNX model: "
              + (reason(e).contains(ELSEWHERE)
                  ? "weights are in another file; export the model as one file that holds them"
                  : reason(e)),
          e);
    }
    try {
      return new OrtModel(file, environment, session, Signature.of(session, file));
    } catch (OrtException e) {
      close(session);
      throw new ExtractorException(file.path() + ": " + reason(e), e);
    } catch (ExtractorException e) {
      close(session);
      throw e;
    }
  }

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    } catch (LinkageError | RuntimeException e) {
      Throwable root = NativeProcess.rootOf(e);
      throw new EngineException(
          "ONNX Runtime does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + root.getMessage()
              + ")",
          e);
    }
  }

  /**
   * From memory, so that the checksum covers exactly what runs: parts in other files are not read.
   */
  private static byte[] read(ExtractorFile file) {
    try {
      return Files.readAllBytes(file.path());
    } catch (IOException e) {
      throw new ExtractorException(file.path() + ": cannot be read: " + Reason.of(e), e);
    }
  }

  @Override
  public String kind() {
    return "onnx";
  }

  @Override
  public Input input() {
    return signature.input();
  }

  @Override
  public String description() {
    return "output " + signature.outputText() + ", by ONNX Runtime " + environment.getVersion();
  }

  @Override
  public Output run(float[] images, Shape shape) {
    try (OnnxTensor x =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape.toLongs());
        OrtSession.Result result =
            session.run(Map.of(signature.inputName(), x), Set.of(signature.outputName()))) {
      OnnxTensor y = (OnnxTensor) result.get(0);
      int[] extents = Arrays.stream(y.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
      float[] values = new float[Math.toIntExact(y.getInfo().getNumElements())];
      y.getFloatBuffer().get(values);
      return FeatureModel.output(Shape.of(extents), values);
    } catch (OrtException e) {
      throw new ExtractorException(file.path() + ": " + reason(e), e);
    }
  }

  /** ONNX Runtime's message on one line, without the code before it. */
  private static String reason(OrtException e) {
    String message = String.valueOf(e.getMessage());
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^Error code - \\w+ - message: ", "");
  }

  @Override
  public void close() {
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EngineException("ONNX Runtime: " + reason(e), e);
    }
  }
}
