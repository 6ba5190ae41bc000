package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What data says of its memory before it is read, beside what is read. */
class DataMemoryTest {
  private static void sameAsRead(Data data, int bytesAValue, int beside) {
    DataSet read = data.open(new Seed(1), line -> {});
    long each = (long) bytesAValue * read.sampleShape().elements() + beside;
    assertEquals(OptionalLong.of(read.size() * each), data.memory());
  }

  @Test
  void floatsTakeFourBytesEach() {
    sameAsRead(new Digits(8), 4, 0);
    sameAsRead(new Digits(11), 4, 0);
    sameAsRead(new Noise(3, 4, 5, 7), 4, 0);
    sameAsRead(InMemory.points(new double[][] {{1, 2}, {3, 4}, {5, 6}}), 4, 0);
  }

  @Test
  void drawnPointsHaveALabel() {
    sameAsRead(new Ring(8, 1, 0.02, 123), 4, 4);
    sameAsRead(new Grid(5, 4, 0.05, 321), 4, 4);
  }

  @Test
  void bytesOfAFileTakeOneAndTheirArrays(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("images");
    Files.write(
        file,
        ByteBuffer.allocate(16 + 5 * 6 * 7).putInt(0x803).putInt(5).putInt(6).putInt(7).array());
    sameAsRead(new Idx(file.toString(), null), 1, Heap.ARRAY);
  }

  @Test
  void pairsTakeBothSides() {
    Data pairs = Pairs.pairs(new Noise(1, 8, 8, 9), new Noise(3, 8, 8, 9));
    assertEquals(OptionalLong.of(4 * 9 * 64 * (1 + 3)), pairs.memory());
    assertEquals(OptionalLong.of(4 * 9 * 64), Edges.edges(new Noise(1, 8, 8, 9)).memory());
    assertEquals(OptionalLong.of(4 * 9 * 64), Jittered.jittered(new Noise(1, 8, 8, 9), 5).memory());
  }

  @Test
  void aFolderIsNotListedForIt() {
    Data folder = new ImageFolder("somewhere", 8, 3, true, BrokenImages.STOP);
    assertEquals(OptionalLong.empty(), folder.memory());
    assertEquals(OptionalLong.empty(), Pairs.pairs(folder, new Noise(3, 8, 8, 9)).memory());
    assertEquals(Shape.of(3, 8, 8), folder.sampleShape());
  }
}
