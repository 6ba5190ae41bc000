package dev.sparring.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * What a file that is not safetensors seems to be, and what to do with it. Users take what their
 * other programs wrote, or what a download left.
 */
final class OtherFormat {
  private static final int LOOK = 512;
  private static final int MOST_ENTRIES = 64;

  /** The number with which torch.save began before version 1.6, as a pickle. */
  private static final String OLD_TORCH = "8a0a6cfc9c46f920";

  /** Stand for the names of the file and of what it becomes. */
  private static final Pattern PLACES = Pattern.compile("\\b[FT]\\b");

  private OtherFormat() {}

  /** What a file is, in words; empty if it is nothing known. */
  static Optional<String> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return named(file, in.readNBytes(LOOK));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> named(Path file, byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String what;
    if (start.length == 0) {
      what = "an empty file";
    } else if (text.startsWith("version https://git-lfs.github.com/spec/")) {
      what =
          "a Git LFS pointer, which stands for the file itself; fetch it with git lfs pull, or"
              + " download it again";
    } else if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      what = "an HTML page, such as a download page or its error; download the file itself";
    } else if (lower.startsWith("<?xml")) {
      what = "an XML file, such as a server's error; download the file itself";
    } else if (text.startsWith("PK\u0003\u0004")) {
      what = zip(file);
    } else if (isPickle(start, text)) {
      what = torch("a file of torch.save of before 2020, or another pickle", file);
    } else if (text.startsWith("\u0093NUMPY")) {
      what =
          "a NumPy array (.npy) without a name; "
              + python("save_file({'NAME': np.load(F)}, T)", file);
    } else if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
      what = "an HDF5 file, such as Keras writes; load it there and save its arrays by safetensors";
    } else if (text.startsWith("GGUF")) {
      what = "a GGUF file of a language model; expected weights of a GAN's networks";
    } else if (isOnnx(start)) {
      what =
          "an ONNX model; "
              + python(
                  "import onnx; from onnx.numpy_helper import to_array;"
                      + " save_file({t.name: to_array(t) for t in"
                      + " onnx.load(F).graph.initializer}, T)",
                  file);
    } else if (text.startsWith("\u001f\u008b")) {
      what = "a gzip file; unpack it first";
    } else if (text.startsWith("Rar!") || text.startsWith("7z\u00bc\u00af")) {
      what = "a packed archive; unpack it first";
    } else if (lower.startsWith("{") && !text.contains("\u0000")) {
      what = "a JSON text, such as the index of a model in parts; name one of its parts";
    } else {
      return Optional.empty();
    }
    return Optional.of(what);
  }

  /** Pickles begin with a protocol from 2 to 5, and end with a dot. */
  private static boolean isPickle(byte[] start, String text) {
    return start.length > 2
        && (start[0] & 0xff) == 0x80
        && start[1] >= 2
        && start[1] <= 5
        && (HexFormat.of().formatHex(start).contains(OLD_TORCH)
            || "}](ccXK\u0095".indexOf(text.charAt(2)) >= 0);
  }

  /** A protocol buffer that begins with a version of ONNX's own, and then its producer. */
  private static boolean isOnnx(byte[] start) {
    ByteBuffer bytes = ByteBuffer.wrap(start);
    return start.length > 4
        && bytes.get() == 0x08
        && bytes.get() < 32
        && (start[2] == 0x12 || start[2] == 0x3a);
  }

  private static String zip(Path file) {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      boolean hasArrays = false;
      ZipEntry entry = zip.getNextEntry();
      for (int i = 0; entry != null && i < MOST_ENTRIES; i++) {
        String name = entry.getName();
        if (name.endsWith("/constants.pkl") || name.contains("/code/")) {
          return torch(
              "a TorchScript file", file, "torch.jit.load(F, map_location='cpu').state_dict()");
        }
        if (name.endsWith("/data.pkl") || name.equals("data.pkl")) {
          // TorchScript has it too, and its code after it; one line serves both.
          return torch("a PyTorch file (.pth, .pt) of torch.save", file);
        }
        if (name.endsWith(".safetensors")) {
          return "a zip archive with a safetensors file in it; unpack it first";
        }
        hasArrays |= name.endsWith(".npy");
        entry = hasArrays ? null : zip.getNextEntry();
      }
      if (hasArrays) {
        return "NumPy arrays (.npz); " + python("save_file(dict(np.load(F)), T)", file);
      }
    } catch (ZipException e) {
      return "a damaged zip archive";
    } catch (IOException e) {
      return "a zip archive that ends too early";
    }
    return "a zip archive; unpack it first";
  }

  private static String torch(String what, Path file) {
    return torch(what, file, "torch.load(F, map_location='cpu', weights_only=True)");
  }

  private static String torch(String what, Path file, String load) {
    return what
        + "; convert it in Python: import torch; from safetensors.torch import save_file;"
        + " save_file({k: v.contiguous().clone() for k, v in "
        + filled(load, file)
        + ".items()}, "
        + filled("T", file)
        + ")";
  }

  private static String python(String call, Path file) {
    return "convert it in Python: import numpy as np; from safetensors.numpy import save_file; "
        + filled(call, file);
  }

  private static String filled(String call, Path file) {
    String name = String.valueOf(file.getFileName());
    String target = name.replaceFirst("\\.[A-Za-z0-9]{1,12}$", "") + ".safetensors";
    return PLACES
        .matcher(call)
        .replaceAll(m -> Matcher.quoteReplacement(literal(m.group().equals("F") ? name : target)));
  }

  private static String literal(String name) {
    String safe = name.replace("\\", "\\\\").replace("'", "\\'");
    return "'" + safe + "'";
  }
}
