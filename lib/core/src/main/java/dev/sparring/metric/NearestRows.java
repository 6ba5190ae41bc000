package dev.sparring.metric;

import java.util.Arrays;

/**
 * For each of some samples, the nearest ones of a set that comes in blocks: memory does not grow
 * with the set.
 *
 * <p>Distances are Euclidean, from sums of squared differences in double precision, so that equal
 * rows have distance 0. Of equally near ones the one that came first is nearer. Work is 2 n m d
 * operations for n samples and a set of m, features of d numbers: 500 samples against 60,000 of 784
 * numbers take some 20 s of one core.
 */
public final class NearestRows {
  private final Features samples;
  private final int most;
  private final double[] squared;
  private final int[] numbers;
  private int size;

  /**
   * Neighbours of samples, none yet.
   *
   * @param samples whose neighbours are looked for
   * @param most how many for each
   * @throws IllegalArgumentException if that is less than 1
   */
  public NearestRows(Features samples, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("neighbours: there must be at least 1, got " + most);
    }
    this.samples = samples;
    this.most = most;
    squared = new double[Math.multiplyExact(samples.rows(), most)];
    numbers = new int[squared.length];
    Arrays.fill(squared, Double.POSITIVE_INFINITY);
    Arrays.fill(numbers, -1);
  }

  /**
   * Compares all samples with more rows of the set.
   *
   * @param rows of the set
   * @param number what each of them is called, e.g. its place in a data set
   * @throws IllegalArgumentException if features differ in number
   */
  public void add(Features rows, int[] number) {
    if (number.length != rows.rows()) {
      throw new IllegalArgumentException(
          "neighbours: " + rows.rows() + " rows have " + number.length + " numbers");
    }
    if (rows.columns() != samples.columns()) {
      throw new IllegalArgumentException(
          "neighbours: samples have "
              + samples.columns()
              + " features, the set "
              + rows.columns()
              + "; one extractor must make both");
    }
    double[] distances = new double[Block.SIZE];
    for (int from = 0; from < rows.rows(); from += Block.SIZE) {
      Block block = new Block(rows, from);
      for (int sample = 0; sample < samples.rows(); sample++) {
        block.squaredDistances(samples, sample, distances);
        for (int j = 0; j < block.size; j++) {
          offer(sample, distances[j], number[from + j]);
        }
      }
    }
    size += rows.rows();
  }

  private void offer(int sample, double distance, int number) {
    int first = sample * most;
    int at = first + most - 1;
    if (!(distance < squared[at])) {
      return;
    }
    while (at > first && squared[at - 1] > distance) {
      squared[at] = squared[at - 1];
      numbers[at] = numbers[at - 1];
      at--;
    }
    squared[at] = distance;
    numbers[at] = number;
  }

  /** How many rows of the set were compared. */
  public int size() {
    return size;
  }

  /** How many neighbours each sample has: fewer than asked for if the set is smaller. */
  public int found() {
    return Math.min(most, size);
  }

  /**
   * The number of a neighbour.
   *
   * @param sample which sample, from 0
   * @param rank 0 for the nearest, below {@link #found}
   */
  public int number(int sample, int rank) {
    return numbers[place(sample, rank)];
  }

  /** The Euclidean distance of a neighbour; arguments as {@link #number}. */
  public double distance(int sample, int rank) {
    return Math.sqrt(squared[place(sample, rank)]);
  }

  /** The distance of each sample to its nearest one. */
  public double[] distances() {
    double[] nearest = new double[samples.rows()];
    Arrays.setAll(nearest, sample -> distance(sample, 0));
    return nearest;
  }

  /** The median of {@link #distances}. */
  public double median() {
    return Memorization.median(distances());
  }

  private int place(int sample, int rank) {
    if (rank < 0 || rank >= found()) {
      throw new IndexOutOfBoundsException("neighbour " + rank + " of " + found());
    }
    return sample * most + rank;
  }
}
