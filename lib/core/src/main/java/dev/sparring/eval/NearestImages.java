package dev.sparring.eval;

import dev.sparring.data.DataSet;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.Pixels;
import dev.sparring.metric.Features;
import dev.sparring.metric.Memorization;
import dev.sparring.metric.NearestRows;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The training samples that are nearest to generated ones, by features, and the same of held-out
 * samples: what a generator may have memorized.
 *
 * @param train the nearest ones of all training samples
 * @param heldOut the nearest one of all held-out samples; empty without such
 * @param memorization how both compare, in sets of one size; empty without held-out samples
 */
public record NearestImages(
    NearestRows train, Optional<NearestRows> heldOut, Optional<Memorization> memorization) {
  /** Numbers of a block of samples, 16 MB. */
  private static final int NUMBERS = 4 << 20;

  /** Larger blocks are not faster. */
  private static final int ROWS = 1024;

  /**
   * Looks for the nearest samples. Data is read and its features are taken in blocks, so that
   * memory does not grow with it.
   *
   * @param made generated samples, row-major, at least 2
   * @param train all training samples
   * @param heldOut held-out ones of the same shape; null if there are none
   * @param neighbors how many of the training samples
   * @param seed of the choice of samples where one set is larger, and of intervals
   * @throws IllegalArgumentException if the extractor does not accept such samples
   */
  public static NearestImages of(
      float[] made,
      DataSet train,
      @Nullable DataSet heldOut,
      Extractor extractor,
      int neighbors,
      long seed) {
    Features samples = features(extractor, made, train.sampleShape());
    NearestRows all = new NearestRows(samples, neighbors);
    if (heldOut == null) {
      search(train, extractor, all, new int[0], new NearestRows(samples, 1));
      return new NearestImages(all, Optional.empty(), Optional.empty());
    }
    int size = Math.min(train.size(), heldOut.size());
    NearestRows ofTrain = new NearestRows(samples, 1);
    NearestRows ofHeldOut = new NearestRows(samples, 1);
    NearestRows whole = new NearestRows(samples, 1);
    Seed from = new Seed(seed);
    search(train, extractor, all, choose(from, "train", train.size(), size), ofTrain);
    search(heldOut, extractor, whole, choose(from, "held-out", heldOut.size(), size), ofHeldOut);
    return new NearestImages(
        all, Optional.of(whole), Optional.of(Memorization.of(ofTrain, ofHeldOut, seed)));
  }

  private static int[] choose(Seed seed, String which, int all, int size) {
    int[] chosen = Arrays.copyOf(seed.stream("neighbors " + which).permutation(all), size);
    Arrays.sort(chosen);
    return chosen;
  }

  /** Compares with all samples of the data, and with the chosen ones. */
  private static void search(
      DataSet data, Extractor extractor, NearestRows all, int[] chosen, NearestRows ofChosen) {
    Shape shape = data.sampleShape();
    int size = shape.elements();
    int rows = Math.max(1, Math.min(ROWS, NUMBERS / size));
    int next = 0;
    for (int from = 0; from < data.size(); from += rows) {
      int first = from;
      int count = Math.min(rows, data.size() - from);
      float[] block = new float[count * size];
      for (int i = 0; i < count; i++) {
        data.read(from + i, block, i * size);
      }
      Features features = features(extractor, block, shape);
      all.add(features, IntStream.range(from, from + count).toArray());
      int end = next;
      while (end < chosen.length && chosen[end] < from + count) {
        end++;
      }
      if (end > next) {
        int[] own = Arrays.copyOfRange(chosen, next, end);
        ofChosen.add(
            features.select(Arrays.stream(own).map(number -> number - first).toArray()), own);
      }
      next = end;
    }
  }

  /** Pixels of images of any size: no covariance is computed here. */
  private static Features features(Extractor extractor, float[] samples, Shape shape) {
    return extractor instanceof Pixels
        ? Features.of(samples, shape.elements())
        : extractor.features(samples, shape);
  }
}
