package dev.sparring.tensor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The processes that train together. An engine with {@link Ability#GROUPS} joins one ({@link
 * Engine#join}); {@link #ALONE} is a process by itself.
 *
 * <p>All processes call the same methods in the same order; each call waits for the others. A
 * process that has ended or does not answer in time is an {@link EngineException} in all others,
 * after which a group is of no more use.
 */
public interface Group extends AutoCloseable {
  /** A group of one. */
  Group ALONE =
      new Group() {
        @Override
        public String name() {
          return "alone";
        }

        @Override
        public int rank() {
          return 0;
        }

        @Override
        public int size() {
          return 1;
        }

        @Override
        public List<Tensor> sum(List<Tensor> tensors) {
          return tensors;
        }

        @Override
        public void close() {}
      };

  /** What a process says that misses another one; of all failures it says least. */
  String LEFT_ALONE = "start all again with --resume";

  /** What sums are computed by, e.g. {@code gloo}. */
  String name();

  /** The number of this process, from 0. */
  int rank();

  /** The number of processes. */
  int size();

  /**
   * The sums over all processes, with the same bits in each.
   *
   * @param tensors of the same shapes in all processes, at least one; they stay as they are
   * @return constants in their order, which belong to the open scope
   * @throws EngineException if a process is gone or does not answer
   */
  List<Tensor> sum(List<Tensor> tensors);

  /**
   * A text of each process, in the order of their numbers.
   *
   * @param engine this process's, which joined the group
   * @param text this process's own
   * @throws EngineException as {@link #sum}
   */
  default List<String> gather(Engine engine, String text) {
    byte[] own = text.getBytes(StandardCharsets.UTF_8);
    int[] lengths = gathered(engine, new int[] {own.length});
    int longest = Arrays.stream(lengths).max().orElse(0);
    int[] padded = new int[Math.max(1, longest)];
    for (int i = 0; i < own.length; i++) {
      padded[i] = own[i] & 0xFF;
    }
    int[] all = gathered(engine, padded);
    List<String> texts = new ArrayList<>();
    for (int r = 0; r < size(); r++) {
      byte[] bytes = new byte[lengths[r]];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) all[r * padded.length + i];
      }
      texts.add(new String(bytes, StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** The numbers of all processes, as many of each; digits of 7 bits are exact in any precision. */
  private int[] gathered(Engine engine, int[] own) {
    int digits = 5;
    double[] values = new double[size() * own.length * digits];
    for (int i = 0; i < own.length; i++) {
      for (int d = 0; d < digits; d++) {
        values[(rank() * own.length + i) * digits + d] = (own[i] >>> (7 * d)) & 0x7F;
      }
    }
    double[] sums = new double[values.length];
    engine.scope(
        () -> {
          Tensor mine = engine.upload(values, Shape.of(values.length));
          double[] found = sum(List.of(mine)).get(0).toDoubles();
          System.arraycopy(found, 0, sums, 0, sums.length);
        });
    int[] all = new int[size() * own.length];
    for (int i = 0; i < all.length; i++) {
      for (int d = 0; d < digits; d++) {
        all[i] |= (int) sums[i * digits + d] << (7 * d);
      }
    }
    return all;
  }

  /** Leaves without waiting for the others; sums are not possible any more. */
  @Override
  void close();
}
