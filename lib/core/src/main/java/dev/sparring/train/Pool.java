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
 * A history of made samples (Shrivastava et al., arXiv:1612.07828, section 2.3), as CycleGAN's code
 * has it: it fills up with the first samples, which pass; from then on each sample passes with
 * chance 1/2, and else takes the place of one that is there, which goes in its stead.
 *
 * <p>How full it is follows from the number of the batch, so that its samples are all that a
 * checkpoint has to keep.
 */
final class Pool {
  private final String path;
  private final Engine engine;
  private final Seed seed;
  private final List<Tensor> slots = new ArrayList<>();

  /**
   * A pool of a generator's samples.
   *
   * @param size how many it holds, at least 1
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

  /**
   * What the discriminator sees instead of freshly made samples; remembers some of these.
   *
   * @param made (N, ...), constants
   * @param batch the number of the batch, from 0, each taken once and in order
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

  /** What it remembers, by path. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      tensors.put(path + "." + i, slots.get(i));
    }
    return tensors;
  }
}
