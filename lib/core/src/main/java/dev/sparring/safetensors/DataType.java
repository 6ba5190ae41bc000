package dev.sparring.safetensors;

import dev.sparring.tensor.Precision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The number formats of safetensors files. Only floating-point ones of 16 bits or more are read.
 */
enum DataType {
  F64(64) {
    @Override
    double read(ByteBuffer data) {
      return data.getDouble();
    }
  },
  F32(32) {
    @Override
    double read(ByteBuffer data) {
      return data.getFloat();
    }
  },
  F16(16) {
    @Override
    double read(ByteBuffer data) {
      return half(data.getShort());
    }
  },
  /** The upper half of an F32. */
  BF16(16) {
    @Override
    double read(ByteBuffer data) {
      return Float.intBitsToFloat(data.getShort() << 16);
    }
  },
  I64(64),
  I32(32),
  I16(16),
  I8(8),
  U64(64),
  U32(32),
  U16(16),
  U8(8),
  BOOL(8),
  C64(64),
  F8_E5M2(8),
  F8_E4M3(8),
  F8_E8M0(8),
  F8_E4M3FNUZ(8),
  F8_E5M2FNUZ(8),
  F6_E2M3(6),
  F6_E3M2(6),
  F4(4);

  private static final Set<DataType> READ = EnumSet.of(F64, F32, F16, BF16);
  private static final int FRACTION = 10;
  private static final int LARGEST = 31;
  private static final int SMALLEST = -14;

  private final int bits;

  DataType(int bits) {
    this.bits = bits;
  }

  /** The type of that name. */
  static Optional<DataType> named(String name) {
    return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst();
  }

  static DataType of(Precision precision) {
    return precision.isSingle() ? F32 : F64;
  }

  /** Whether weights can be read from it. */
  boolean isRead() {
    return READ.contains(this);
  }

  /** The bytes of one number; only for types that are read. */
  int bytes() {
    return bits / Byte.SIZE;
  }

  /**
   * The bytes of many numbers.
   *
   * @throws ArithmeticException if they are more than a long can count, or no whole number
   */
  long bytes(long elements) {
    long all = Math.multiplyExact(elements, (long) bits);
    if (all % Byte.SIZE != 0) {
      throw new ArithmeticException("no whole number of bytes");
    }
    return all / Byte.SIZE;
  }

  /** The next number, exactly. */
  double read(ByteBuffer data) {
    throw new UnsupportedOperationException(name() + " of " + data);
  }

  /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
  private static double half(short bits) {
    int exponent = bits >> FRACTION & LARGEST;
    int fraction = bits & (1 << FRACTION) - 1;
    double size;
    if (exponent == LARGEST) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((double) fraction, SMALLEST - FRACTION);
    } else {
      int normal = fraction + (1 << FRACTION);
      size = Math.scalb((double) normal, exponent + SMALLEST - 1 - FRACTION);
    }
    return bits < 0 ? -size : size;
  }
}
