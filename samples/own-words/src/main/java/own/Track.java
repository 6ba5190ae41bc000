package own;

import dev.sparring.data.Data;
import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import dev.sparring.data.InMemory;
import dev.sparring.random.Seed;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A data set: points of a track, one in each line of a CSV file, as longitude and latitude in
 * degrees. They come out as kilometres around their mean, divided by a unit.
 *
 * @param file a CSV file without a header
 * @param kilometres what is 1 in the samples
 */
@Word("own.track")
public record Track(String file, double kilometres) implements Data {
  private static final double KILOMETRES_PER_DEGREE = 111.2;

  @Override
  public Shape sampleShape() {
    return Shape.of(2);
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    List<double[]> points = read();
    double longitude = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double latitude = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double north = KILOMETRES_PER_DEGREE / kilometres;
    double east = north * Math.cos(Math.toRadians(latitude));
    return InMemory.points(
            points.stream()
                .map(p -> new double[] {(p[0] - longitude) * east, (p[1] - latitude) * north})
                .toList())
        .open(seed, log);
  }

  private List<double[]> read() {
    List<double[]> points = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] cells = line.split(",", -1);
        points.add(new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])});
      }
    } catch (IOException | RuntimeException e) {
      throw new DataException(
          file + ": line " + (points.size() + 1) + " is not 'longitude,latitude': " + e, e);
    }
    if (points.isEmpty()) {
      throw new DataException(file + ": has no points");
    }
    return points;
  }
}
