package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.random.Seed;

/** Data as tests look at it. */
final class Opened {
  private Opened() {}

  /** Opens data, which has to have the shape that it has promised. */
  static DataSet open(Data data) {
    DataSet set = data.open(new Seed(1), line -> {});
    assertEquals(data.sampleShape(), set.sampleShape());
    return set;
  }

  static float[] sample(DataSet data, int index) {
    float[] values = new float[data.sampleShape().elements()];
    data.read(index, values, 0);
    return values;
  }
}
