package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sparring.data.Csv;
import dev.sparring.data.Data;
import dev.sparring.data.InMemory;
import dev.sparring.data.Layout;
import dev.sparring.data.Npy;
import dev.sparring.data.ValueRange;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Reshape;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on arrays, .npy files and CSV files: equal samples train the same, others do not. */
public interface OwnDataConformance extends EngineUnderTest {
  /** Images as an array, as bytes with channels last, and as rows. */
  @Test
  default void imagesTrainAlikeWhereverTheyAre(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[4 * 2 * 2 * 3];
    float[] values = new float[bytes.length];
    StringBuilder rows = new StringBuilder();
    for (int n = 0; n < 4; n++) {
      for (int c = 0; c < 3; c++) {
        for (int pixel = 0; pixel < 4; pixel++) {
          int v = (n * 67 + c * 31 + pixel * 13) % 256;
          bytes[(n * 4 + pixel) * 3 + c] = (byte) v;
          values[(n * 3 + c) * 4 + pixel] = (float) (v / 127.5 - 1);
          rows.append(v).append(c * 4 + pixel == 11 ? "\n" : ",");
        }
      }
    }
    float[] array = trained(InMemory.images(values, Shape.of(3, 2, 2)));
    Path npy = npy(folder, "(4, 2, 2, 3)", bytes);
    same(array, trained(Npy.npy(npy.toString()).layout(Layout.CHANNELS_LAST)));
    Path csv = Files.writeString(folder.resolve("a.csv"), rows);
    same(array, trained(Csv.csv(csv.toString()).shape(3, 2, 2).range(ValueRange.range(0, 255))));
    bytes[7]++;
    npy(folder, "(4, 2, 2, 3)", bytes);
    float[] other = trained(Npy.npy(npy.toString()).layout(Layout.CHANNELS_LAST));
    assertNotEquals(array[0], other[0], "one byte of a sample is another");
  }

  /** Points as an array and as rows. */
  @Test
  default void pointsTrainAlikeWhereverTheyAre(@TempDir Path folder) throws IOException {
    double[][] points = {{0.5, -1}, {0.25, 2}, {-0.75, 3}};
    Path csv =
        Files.writeString(folder.resolve("a.csv"), "y,kind,x\n-1,b,.5\n2,a,.25\n3,b,-0.75\n");
    Csv rows = Csv.csv(csv.toString()).columns("x", "y").label("kind");
    same(trained(InMemory.points(points).labels(1, 0, 1)), trained(rows));
  }

  private static void same(float[] expected, float[] actual) {
    assertArrayEquals(expected, actual, 1e-5f);
  }

  /** Samples after a few steps. */
  private float[] trained(Data data) {
    int elements = data.sampleShape().elements();
    int[] shape = data.sampleShape().dims().stream().mapToInt(d -> d).toArray();
    Recipe recipe =
        Gan.named("own")
            .data(data)
            .generator(g -> g.latent(4).layers(Dense.dense(elements), Reshape.reshape(shape)))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
            .train(Train.train().steps(3).batch(2).precision(Precision.FLOAT64))
            .build();
    try (Engine engine = open(Precision.FLOAT64)) {
      Training training = Training.of(recipe, engine);
      training.run();
      return training.sampler().sample(2, 5);
    }
  }

  private static Path npy(Path folder, String shape, byte[] values) throws IOException {
    byte[] header =
        ("{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(10 + header.length + values.length);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.put((byte) header.length).put((byte) 0).put(header).put(values);
    return Files.write(folder.resolve("a.npy"), file.array());
  }
}
