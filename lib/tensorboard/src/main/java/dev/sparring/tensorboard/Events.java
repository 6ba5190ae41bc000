package dev.sparring.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * The events of a file, in the wire format of protocol buffers.
 *
 * <p>Field numbers are those of TensorFlow's {@code core/util/event.proto} and {@code
 * core/framework/summary.proto}. They are encoded by protobuf-java, which the ONNX export needs
 * anyway. Generated classes of these two files are published with TensorFlow 1.15 (2019;
 * protobuf-java refuses classes of that age unless it is forced to) and inside TensorFlow's present
 * Java API (with its whole native interface) only. For five messages of one to four fields, either
 * would be more of a burden than the few lines here. The tests read with those of 1.15.
 */
final class Events {
  /**
   * The version in the first event of a file; readers accept restarts by START only since version
   * 2.
   */
  private static final String VERSION = "brain.Event:2";

  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;

  private static final int SESSION_LOG_STATUS = 1;
  private static final int SESSION_START = 1;

  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE_VALUE = 2;
  private static final int VALUE_IMAGE = 4;

  private static final int IMAGE_HEIGHT = 1;
  private static final int IMAGE_WIDTH = 2;
  private static final int IMAGE_COLORSPACE = 3;
  private static final int IMAGE_ENCODED = 4;

  private static final double NANOS = 1e9;

  private Events() {}

  /** Begins a file. */
  static byte[] version(Instant time) throws IOException {
    return event(time, 0, out -> out.writeString(EVENT_FILE_VERSION, VERSION));
  }

  /** Begins a part of a run, from a step on. */
  static byte[] start(Instant time, long step) throws IOException {
    byte[] log = message(out -> out.writeEnum(SESSION_LOG_STATUS, SESSION_START));
    return event(time, step, out -> out.writeByteArray(EVENT_SESSION_LOG, log));
  }

  /** Numbers by tag, in single precision. */
  static byte[] scalars(Instant time, long step, Map<String, Double> values) throws IOException {
    return summary(
        time,
        step,
        out -> {
          for (Map.Entry<String, Double> v : values.entrySet()) {
            byte[] value =
                message(
                    value(v.getKey(), f -> f.writeFloat(VALUE_SIMPLE_VALUE, narrow(v.getValue()))));
            out.writeByteArray(SUMMARY_VALUE, value);
          }
        });
  }

  private static float narrow(double value) {
    return (float) value;
  }

  /**
   * One picture.
   *
   * @param picture gives the picture's size and number of channels
   * @param png the same picture as a PNG file
   */
  static byte[] image(Instant time, long step, String tag, BufferedImage picture, byte[] png)
      throws IOException {
    byte[] image =
        message(
            out -> {
              out.writeInt32(IMAGE_HEIGHT, picture.getHeight());
              out.writeInt32(IMAGE_WIDTH, picture.getWidth());
              // 1 is grey, 2 grey and opacity, 3 RGB, 4 RGB and opacity.
              out.writeInt32(IMAGE_COLORSPACE, picture.getColorModel().getNumComponents());
              out.writeByteArray(IMAGE_ENCODED, png);
            });
    byte[] value = message(value(tag, out -> out.writeByteArray(VALUE_IMAGE, image)));
    return summary(time, step, out -> out.writeByteArray(SUMMARY_VALUE, value));
  }

  private static Fields value(String tag, Fields what) {
    return out -> {
      out.writeString(VALUE_TAG, tag);
      what.writeTo(out);
    };
  }

  private static byte[] summary(Instant time, long step, Fields values) throws IOException {
    byte[] summary = message(values);
    return event(time, step, out -> out.writeByteArray(EVENT_SUMMARY, summary));
  }

  private static byte[] event(Instant time, long step, Fields what) throws IOException {
    return message(
        out -> {
          out.writeDouble(EVENT_WALL_TIME, time.getEpochSecond() + time.getNano() / NANOS);
          // As in TensorFlow, zeros are left out.
          if (step != 0) {
            out.writeInt64(EVENT_STEP, step);
          }
          what.writeTo(out);
        });
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  /** The fields of a message. */
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }
}
