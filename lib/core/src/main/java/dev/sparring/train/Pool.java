package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A history of generated samples (Shrivastava et al., arXiv:1612.07828, section 2.3), as in
 * CycleGAN's code. The first samples fill it and are returned unchanged. After that each sample is
 * returned with probability 1/2; otherwise it replaces a stored sample, and that one is returned
 * instead.
 *
 * <p>The number of stored samples follows from the number of the batch, so that a checkpoint keeps
 * only the samples.
 */
final class Pool {
  private final String path;
  private final Engine engine;
  private Seed seed;
  private final List<Tensor> slots = new ArrayList<>();

  /**
   * A pool of a generator's samples.
   *
   * @param size number of stored samples, at least 1
   */
  Pool(Network generator, int size, Seed seed) {
    path = "pool." + generator.plan().name();
    engine = generator.engine();
    this.seed = seed;
    Shape one = generator.plan().output().batch(1);
    for (int i = 0; i < size; i++) {
      slots.add(engine.full(0, one));
    }
  }

  /** Sets the seed of later exchanges. */
  void seed(Seed seed) {
    this.seed = seed;
  }

  /**
   * The samples that the discriminator sees instead of new ones; stores some of the new ones.
   *
   * @param made (N, ...), constants
   * @param batch the number of the batch, from 0; each is used once, in order
   */
  Tensor exchanged(Tensor made, long batch) {
    RandomStream random = seed.stream(path, batch);
    int count = made.shape().dim(0);
    List<Tensor> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tensor fresh = made.slice(0, i, 1);
      long before = batch * count + i;
      if (before < slots.size()) {
        slots.get((int) before).assign(fresh);
        seen.add(fresh);
      } else if (random.uniform() < 0.5) {
        seen.add(fresh);
      } else {
        Tensor slot = slots.get(random.below(slots.size()));
        seen.add(slot.plus(0)); // a copy: the slot changes
        slot.assign(fresh);
      }
    }
    return seen.get(0).concat(seen.subList(1, count), 0);
  }

  /** The stored samples, by path. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      tensors.put(path + "." + i, slots.get(i));
    }
    return tensors;
  }
}
