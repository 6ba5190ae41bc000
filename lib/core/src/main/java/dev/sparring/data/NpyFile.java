package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One file in NumPy's format, versions 1.0 to 3.0 (NEP 1): 0x93 NUMPY, the version, the length of
 * the header, the header as a Python dictionary, the values.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 20;
  private static final int BLOCK = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Map<Character, String> KINDS =
      Map.of('f', "float", 'i', "int", 'u', "uint", 'c', "complex", 'b', "bool");

  private final InputFile path;
  private final int start;

  /** Byte order, kind and bytes of a value: {@code <f4}. */
  final String type;

  /** The extents of the array. */
  final int[] dims;

  private NpyFile(InputFile path, int start, String type, int[] dims) {
    this.path = path;
    this.start = start;
    this.type = type;
    this.dims = dims;
  }

  /** Reads the header. */
  static NpyFile open(InputFile path) {
    return reading(
        path,
        in -> {
          byte[] magic = in.readNBytes(MAGIC.length);
          if (magic.length >= 2 && magic[0] == 'P' && magic[1] == 'K') {
            throw new DataException(path + ": is an archive (.npz); save its arrays as .npy files");
          }
          if (!Arrays.equals(magic, MAGIC)) {
            throw new DataException(
                path + ": not an .npy file: does not start with 0x93 and NUMPY");
          }
          ByteBuffer version = ByteBuffer.wrap(bytes(in, path, 2));
          int major = version.get() & 0xFF;
          if (major < 1 || major > 3) {
            throw new DataException(
                path + ": is of version " + major + " of the format, expected 1, 2 or 3");
          }
          int width = major == 1 ? 2 : 4;
          ByteBuffer size = ByteBuffer.wrap(bytes(in, path, width)).order(ByteOrder.LITTLE_ENDIAN);
          long length = major == 1 ? size.getShort() & 0xFFFF : size.getInt() & 0xFFFF_FFFFL;
          if (length > MAX_HEADER) {
            throw new DataException(
                path + ": damaged: its header has " + length + " bytes, expected a few hundred");
          }
          String header = new String(bytes(in, path, (int) length), StandardCharsets.UTF_8);
          return parsed(path, MAGIC.length + 2 + width + (int) length, header).requireLength();
        });
  }

  private static NpyFile parsed(InputFile path, int start, String header) {
    Matcher descr = DESCR.matcher(header);
    Matcher order = ORDER.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!order.find() || !shape.find()) {
      throw new DataException(path + ": damaged: its header is " + shown(header));
    }
    if (!descr.find()) {
      throw new DataException(
          path + ": holds records of several fields, expected float32, float64 or uint8");
    }
    String type = descr.group(1);
    if (!type.matches("[<>|][a-zA-Z][0-9]{1,4}")) {
      throw new DataException(path + ": holds values of type '" + shown(type) + "'");
    }
    if (type.startsWith(">")) {
      throw new DataException(
          path
              + ": is big-endian ('"
              + type
              + "'), expected little-endian: astype('<"
              + type.substring(1)
              + "')");
    }
    if (order.group(1).equals("True")) {
      throw new DataException(
          path + ": is in Fortran order, expected C order: np.ascontiguousarray(a)");
    }
    String[] extents = shape.group(1).isBlank() ? new String[0] : shape.group(1).split(",");
    int[] dims = new int[extents.length];
    for (int i = 0; i < dims.length; i++) {
      String extent = extents[i].strip();
      if (!extent.matches("[0-9]{1,10}") || Long.parseLong(extent) > Integer.MAX_VALUE) {
        throw new DataException(path + ": axis " + i + " has '" + shown(extent) + "' elements");
      }
      dims[i] = Integer.parseInt(extent);
      if (dims[i] == 0) {
        throw new DataException(path + ": axis " + i + " has 0 elements, expected at least 1");
      }
    }
    return new NpyFile(path, start, type, dims);
  }

  /** A header of unknown contents. */
  private static String shown(String header) {
    String line = header.strip();
    return line.length() > 200 ? line.substring(0, 200) + " ..." : line;
  }

  /**
   * Checks that the file is as long as its header says, so that a damaged header does not allocate
   * memory.
   */
  private NpyFile requireLength() throws IOException {
    long wanted = width();
    for (int d : dims) {
      wanted = Heap.product(wanted, d);
    }
    long found = path.size() - start;
    if (found != wanted) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %s: has %d bytes of values, expected %s for %s of shape %s",
              path,
              found < wanted ? "truncated" : "goes on after its values",
              found,
              wanted == Long.MAX_VALUE ? "more than any file has" : String.valueOf(wanted),
              typeName(),
              shape()));
    }
    return this;
  }

  private int width() {
    Matcher digits = DIGITS.matcher(type);
    return digits.find() ? Integer.parseInt(digits.group()) : 0;
  }

  InputFile path() {
    return path;
  }

  /** NumPy's name of the type of values. */
  String typeName() {
    String kind = KINDS.get(type.charAt(1));
    return kind == null || type.charAt(1) == 'b' ? "'" + type + "'" : kind + 8 * width();
  }

  /** {@code (3, 1, 28, 28)}. */
  String shape() {
    return Arrays.stream(dims)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The position of a value: {@code a.npy: the value at [2, 0, 1]}. */
  String place(long index) {
    long rest = index;
    String indices = "";
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      indices = rest % dims[axis] + (indices.isEmpty() ? "" : ", ") + indices;
      rest /= dims[axis];
    }
    return path + ": the value at [" + indices + "]";
  }

  boolean isBytes() {
    return type.equals("|u1");
  }

  /** Refuses types that samples cannot have. */
  void requireSamples() {
    if (!isBytes() && !type.equals("<f4") && !type.equals("<f8")) {
      throw new DataException(
          path + ": holds " + typeName() + ", expected float32, float64 or uint8");
    }
  }

  /** The class of each sample. */
  int[] labels() {
    if ("iu".indexOf(type.charAt(1)) < 0) {
      throw new DataException(
          path + ": holds " + typeName() + ", expected whole numbers as labels");
    }
    if (dims.length != 1) {
      throw new DataException(
          path + ": has the shape " + shape() + ", expected one axis with a label a sample");
    }
    int[] labels = new int[dims[0]];
    values(
        (i, value) -> {
          if (!(value >= 0 && value < Integer.MAX_VALUE)) {
            throw new DataException(
                path + ": label " + i + " is " + (long) value + ", expected classes from 0");
          }
          labels[(int) i] = (int) value;
        });
    return labels;
  }

  /** Receives values. */
  interface Target {
    void put(long index, double value);
  }

  /** Reads all values in C order. */
  void values(Target target) {
    int width = width();
    long count = 1;
    for (int d : dims) {
      count = Math.multiplyExact(count, (long) d);
    }
    long all = count;
    reading(
        path,
        in -> {
          in.skipNBytes(start);
          byte[] block = new byte[BLOCK];
          ByteBuffer numbers = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
          for (long i = 0; i < all; ) {
            int wanted = (int) Math.min(BLOCK / width, all - i);
            if (in.readNBytes(block, 0, wanted * width) < wanted * width) {
              throw new EOFException();
            }
            for (int j = 0; j < wanted; j++) {
              target.put(i + j, value(numbers, j * width, width));
            }
            i += wanted;
          }
          return all;
        });
  }

  private double value(ByteBuffer numbers, int at, int width) {
    boolean isFloat = type.charAt(1) == 'f';
    boolean isUnsigned = type.charAt(1) == 'u';
    return switch (width) {
      case 1 -> isUnsigned ? numbers.get(at) & 0xFF : numbers.get(at);
      case 2 -> isUnsigned ? numbers.getShort(at) & 0xFFFF : numbers.getShort(at);
      case 4 ->
          isFloat
              ? numbers.getFloat(at)
              : isUnsigned ? numbers.getInt(at) & 0xFFFF_FFFFL : numbers.getInt(at);
      // Labels of more than 63 bits become negative here and are refused.
      case 8 -> isFloat ? numbers.getDouble(at) : numbers.getLong(at);
      default -> throw new DataException(path + ": holds " + typeName());
    };
  }

  private static byte[] bytes(InputStream in, InputFile path, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new DataException(path + ": truncated: ends within the header");
    }
    return bytes;
  }

  private interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  private static <T> T reading(InputFile path, Reading<T> reading) {
    try (InputStream in = path.open()) {
      return reading.from(in);
    } catch (EOFException e) {
      throw new DataException(path + ": truncated", e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + Reason.of(e), e);
    }
  }
}
