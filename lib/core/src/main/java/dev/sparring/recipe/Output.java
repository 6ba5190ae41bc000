package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import org.jspecify.annotations.Nullable;

/**
 * What a run writes and how often. Whatever the intervals, a run that completes or is stopped
 * writes its last metrics, samples and checkpoint. A run that diverges keeps its last complete
 * checkpoint.
 *
 * @param metricsEvery steps between rows of metrics
 * @param samplesEvery steps between sample pictures
 * @param checkpointsEvery steps between checkpoints
 * @param keepCheckpoints number of newest checkpoints that are kept
 * @param keepBest which other checkpoint is kept, the best by a column of the metrics; none if it
 *     is left out
 * @param sampleCount number of samples in a picture; their noise is always the same
 * @param diagnosticsEvery steps between diagnostics of gradients, weights and scores, which are
 *     written to the metrics, besides those of steps 1, 2, 5, 10 and 20; 0 for none
 */
public record Output(
    int metricsEvery,
    int samplesEvery,
    int checkpointsEvery,
    int keepCheckpoints,
    @Nullable KeepBest keepBest,
    int sampleCount,
    int diagnosticsEvery) {
  /** Checks the intervals. */
  public Output {
    Require.atLeast("metricsEvery", metricsEvery, 1);
    Require.atLeast("samplesEvery", samplesEvery, 1);
    Require.atLeast("checkpointsEvery", checkpointsEvery, 1);
    Require.atLeast("keepCheckpoints", keepCheckpoints, 1);
    Require.atLeast("sampleCount", sampleCount, 1);
    Require.atLeast("diagnosticsEvery", diagnosticsEvery, 0);
  }

  /**
   * A row a step, diagnostics every 100 steps, pictures of 64 samples and checkpoints every 500
   * steps, 2 checkpoints kept.
   */
  @Defaults
  public static Output output() {
    return new Output(1, 500, 500, 2, null, 64, 100);
  }

  /** The same with another interval of metrics. */
  public Output metricsEvery(int metricsEvery) {
    return Settings.with(this, "metricsEvery", metricsEvery);
  }

  /** The same with another interval of pictures. */
  public Output samplesEvery(int samplesEvery) {
    return Settings.with(this, "samplesEvery", samplesEvery);
  }

  /** The same with another interval of checkpoints. */
  public Output checkpointsEvery(int checkpointsEvery) {
    return Settings.with(this, "checkpointsEvery", checkpointsEvery);
  }

  /** The same keeping another number of checkpoints. */
  public Output keepCheckpoints(int keepCheckpoints) {
    return Settings.with(this, "keepCheckpoints", keepCheckpoints);
  }

  /** The same keeping the best checkpoint, too; null for the newest ones only. */
  public Output keepBest(@Nullable KeepBest keepBest) {
    return Settings.with(this, "keepBest", keepBest);
  }

  /** The same with another number of samples in a picture. */
  public Output sampleCount(int sampleCount) {
    return Settings.with(this, "sampleCount", sampleCount);
  }

  /** The same with another interval of diagnostics. */
  public Output diagnosticsEvery(int diagnosticsEvery) {
    return Settings.with(this, "diagnosticsEvery", diagnosticsEvery);
  }
}
