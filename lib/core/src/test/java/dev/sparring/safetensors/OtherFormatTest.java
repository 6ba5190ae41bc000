package dev.sparring.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that people take for safetensors are called what they are. */
class OtherFormatTest {
  @TempDir Path dir;

  private Path file(String name, byte... bytes) throws IOException {
    return Files.write(dir.resolve(name), bytes);
  }

  private Path text(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = dir.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(1);
        zip.closeEntry();
      }
    }
    return file;
  }

  private static String refusal(Path file) {
    String message =
        assertThrows(SafetensorsException.class, () -> Safetensors.open(file)).getMessage();
    assertEquals(1, message.lines().count(), message);
    String start = file + ": not a safetensors file: it is ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }

  private static final String TORCH =
      "convert it in Python: import torch; from safetensors.torch import save_file;"
          + " save_file({k: v.contiguous().clone() for k, v in ";

  @Test
  void filesOfTorchSave() throws IOException {
    assertEquals(
        "a PyTorch file (.pth, .pt) of torch.save; "
            + TORCH
            + "torch.load('netG.pth', map_location='cpu', weights_only=True).items()},"
            + " 'netG.safetensors')",
        refusal(zip("netG.pth", "netG/data.pkl", "netG/data/0")));
    byte[] old = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e80024de9032e");
    assertTrue(refusal(file("old.pth", old)).startsWith("a file of torch.save of before 2020"));
    byte[] pickle = HexFormat.of().parseHex("80049527000000000000007d94");
    assertTrue(refusal(file("w.pkl", pickle)).contains("another pickle; convert it"));
  }

  @Test
  void namesInThatLineArePythons() throws IOException {
    assertTrue(
        refusal(zip("it's F.T.pth", "x/data.pkl")).contains("torch.load('it\\'s F.T.pth', "),
        "quotes");
  }

  @Test
  void torchScript() throws IOException {
    String said = refusal(zip("net.pt", "net/constants.pkl", "net/data.pkl"));
    assertTrue(said.startsWith("a TorchScript file; "), said);
    assertTrue(said.contains("torch.jit.load('net.pt', map_location='cpu').state_dict()"), said);
  }

  @Test
  void arrays() throws IOException {
    assertEquals(
        "NumPy arrays (.npz); convert it in Python: import numpy as np; from safetensors.numpy"
            + " import save_file; save_file(dict(np.load('w.npz')), 'w.safetensors')",
        refusal(zip("w.npz", "a.npy", "b.npy")));
    assertTrue(refusal(text("w.npy", "\u0093NUMPY\1\0v\0{'descr'")).contains("a NumPy array"));
  }

  @Test
  void onnx() throws IOException {
    byte[] model = HexFormat.of().parseHex("080812077079746f7263681a05322e302e30");
    assertTrue(refusal(file("g.onnx", model)).startsWith("an ONNX model; convert it in Python"));
  }

  @Test
  void whatDownloadsLeave() throws IOException {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1234\n";
    assertTrue(refusal(text("p.safetensors", pointer)).startsWith("a Git LFS pointer, "));
    String page = "\n <!DOCTYPE html>\n<html><body>404</body></html>";
    assertTrue(refusal(text("h.safetensors", page)).startsWith("an HTML page, "));
    assertTrue(refusal(text("x.safetensors", "<?xml version='1'?><Error/>")).contains("XML"));
    assertTrue(refusal(text("e.safetensors", "")).equals("an empty file"));
    String index = "{\"metadata\": {}, \"weight_map\": {\"a\": \"model-1.safetensors\"}}";
    assertTrue(refusal(text("i.json", index)).startsWith("a JSON text, "));
    assertTrue(refusal(zip("z.zip", "model.safetensors")).contains("unpack it first"));
    assertTrue(refusal(zip("z.zip", "readme.txt")).equals("a zip archive; unpack it first"));
    byte[] zip = Files.readAllBytes(zip("whole.pth", "netG/data.pkl"));
    assertTrue(refusal(file("cut.pth", java.util.Arrays.copyOf(zip, 20))).contains("zip archive"));
    assertTrue(refusal(file("w.gz", (byte) 0x1f, (byte) 0x8b, (byte) 8)).contains("gzip"));
    assertTrue(refusal(text("k.h5", "\u0089HDF\r\n\u001a\n")).contains("Keras"));
  }

  @Test
  void foldersAndPipes() throws IOException {
    assertEquals(
        dir + ": is a folder; expected a safetensors file",
        assertThrows(SafetensorsException.class, () -> Safetensors.open(dir)).getMessage());
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      assertEquals(
          device + ": is no regular file; expected a safetensors file",
          assertThrows(SafetensorsException.class, () -> Safetensors.open(device)).getMessage());
    }
  }
}
