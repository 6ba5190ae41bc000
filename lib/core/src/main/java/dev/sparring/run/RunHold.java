package dev.sparring.run;

import dev.sparring.file.FolderHeldException;
import dev.sparring.file.FolderLock;
import dev.sparring.file.LockHolder;
import dev.sparring.file.Reason;
import dev.sparring.train.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The right to write into a run directory, which one training at a time has. Taken before the
 * directory is looked at, it makes that what is found there stays true. {@link FolderLock} says how
 * it is kept, also on network folders; it ends with the process, however that ends.
 *
 * <p>Who only reads a run needs none: files are replaced whole, and a checkpoint is renamed before
 * it is deleted.
 */
public final class RunHold implements AutoCloseable {
  private final RunDirectory directory;
  private final FolderLock lock;
  private final Consumer<String> lines;
  private final List<String> notes = new ArrayList<>();
  private boolean isUsed;

  private RunHold(RunDirectory directory, FolderLock lock, Consumer<String> lines) {
    this.directory = directory;
    this.lock = lock;
    this.lines = lines;
  }

  /**
   * Takes it, without waiting.
   *
   * @param directory created if it is missing
   * @param lines receives what the user should know, a line each; {@code run.json} keeps them too
   * @throws RunException if another training has it, with that one's process, host and time, or if
   *     the directory cannot be written to
   */
  public static RunHold of(RunDirectory directory, Consumer<String> lines) {
    requireOutside(directory);
    FolderLock lock;
    try {
      lock = FolderLock.take(directory.path());
    } catch (IOException e) {
      throw refused(directory, e);
    }
    RunHold hold = new RunHold(directory, lock, lines);
    // A holder of another host may be alive where locks are kept on clients.
    lock.predecessor()
        .filter(before -> !before.host().equals(LockHolder.thisHost()))
        .ifPresent(
            before ->
                hold.say(
                    directory.path()
                        + ": taken over from "
                        + before
                        + ", which did not give it back; make sure that it is gone"));
    return hold;
  }

  /**
   * Refuses a directory that another training writes to now, as {@link #of} would; nothing is
   * written. For a look before long preparations.
   */
  public static void requireFree(RunDirectory directory) {
    requireOutside(directory);
    try {
      FolderLock.requireFree(directory.path());
    } catch (IOException e) {
      throw refused(directory, e);
    }
  }

  private static void requireOutside(RunDirectory directory) {
    directory
        .owner()
        .ifPresent(
            run -> {
              throw new RunException(
                  directory.path()
                      + ": is in a folder of the run "
                      + run.path()
                      + ", which deletes old files there; name a place outside of it");
            });
  }

  private static RunException refused(RunDirectory directory, IOException e) {
    return e instanceof FolderHeldException
        ? new RunException(e.getMessage() + "; wait for it, or name another directory", e)
        : new RunException(Reason.line(e, directory.path(), "cannot be written"), e);
  }

  /** The directory. */
  public RunDirectory directory() {
    return directory;
  }

  /** Begins a training under it; returns whether there was one before. */
  boolean use() {
    boolean before = isUsed;
    isUsed = true;
    return before;
  }

  /** Keeps a line in {@code run.json}, with the part of the run that begins next. */
  public void note(String line) {
    notes.add(line);
  }

  /** Says a line, which {@code run.json} keeps with this part of the run. */
  void say(String line) {
    notes.add(line);
    lines.accept(line);
  }

  /** The lines since this was asked last. */
  List<String> notes() {
    List<String> said = List.copyOf(notes);
    notes.clear();
    return said;
  }

  /** Fails if the directory is not there any more, or is another one. */
  void check() throws IOException {
    if (lock.isLost()) {
      throw new IOException("it was removed or moved away while it was written to");
    }
  }

  /**
   * Sets a training to the newest checkpoint that is whole, and says which newer ones are damaged.
   * The directory stays as it is until the training starts.
   *
   * @param training of the run's own recipe
   * @param from the step of the checkpoint to take instead of the newest
   * @return the checkpoint
   * @throws RunException if there is none that is whole, or the one that was asked for is missing
   *     or damaged, or it is not of this recipe
   */
  public Checkpoint restore(Training training, OptionalLong from) {
    if (from.isPresent()) {
      Checkpoint asked = directory.whole(from);
      asked.restoreWhole(training);
      return asked;
    }
    if (directory.checkpointSteps().isEmpty()) {
      return directory.whole(from);
    }
    CheckpointSearch search = CheckpointSearch.of(directory, Set.of());
    Checkpoint whole =
        search.whole().orElseThrow(() -> directory.damaged(search.problems(), search));
    whole.restoreWhole(training);
    search
        .damaged()
        .forEach(
            (checkpoint, reason) ->
                say(
                    directory.path()
                        + ": "
                        + checkpoint.title()
                        + " is damaged ("
                        + reason
                        + "), going on from "
                        + whole.path().getFileName()));
    return whole;
  }

  /** Gives it back; again is nothing. */
  @Override
  public void close() {
    lock.close();
  }
}
