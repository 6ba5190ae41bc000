package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.google.protobuf.ByteString;

/** Attributes of nodes. */
final class Attributes {
  private Attributes() {}

  static AttributeProto of(String name, double value) {
    return typed(name, AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto of(String name, long value) {
    return typed(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto of(String name, String value) {
    return typed(name, AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto of(String name, int[] values) {
    AttributeProto.Builder attribute = typed(name, AttributeProto.AttributeType.INTS);
    for (int v : values) {
      attribute.addInts(v);
    }
    return attribute.build();
  }

  /** The same for height and width. */
  static AttributeProto both(String name, int value) {
    return of(name, new int[] {value, value});
  }

  /** The same on all four sides. */
  static AttributeProto pads(int value) {
    return of("pads", new int[] {value, value, value, value});
  }

  private static AttributeProto.Builder typed(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
