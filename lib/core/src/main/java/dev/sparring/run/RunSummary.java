package dev.sparring.run;

import dev.sparring.file.FolderLock;
import dev.sparring.file.Json;
import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a run, from its {@code run.json}.
 *
 * @param status {@code running}, {@code killed} (its process is gone and could not record its end;
 *     runs of versions without {@code .lock} stay running), {@code completed}, {@code stopped},
 *     {@code diverged} or {@code failed}
 * @param lastStep the last complete step, or 0 if the run has not ended
 * @param engine the engine's name
 * @param device the engine's device
 * @param mayBeRetried whether it diverged and its recipe allows one more retry
 * @param retries how often it diverged and went back to a checkpoint
 */
public record RunSummary(
    String status, long lastStep, String engine, String device, boolean mayBeRetried, int retries) {
  private static final String RUNNING = "running";
  private static final String KILLED = "killed";

  /**
   * Reads it.
   *
   * @return empty if there is no {@code run.json}
   * @throws RunException if it is damaged
   */
  public static Optional<RunSummary> of(RunDirectory run) {
    return Files.exists(run.provenance()) ? Optional.of(of(run, facts(run))) : Optional.empty();
  }

  /**
   * The same of what was read before.
   *
   * @throws RunException if it lacks something
   */
  static RunSummary of(RunDirectory run, Map<String, Object> found) {
    Map<String, Object> facts = checked(run, found);
    try {
      boolean isOver = isRunning(run, facts) && isFree(run);
      if (isOver) {
        // It may have ended since: a run records its end before it gives the lock back.
        facts = checked(run, facts(run));
      }
      boolean isKilled = isOver && isRunning(run, facts);
      Object step = facts.get("lastStep");
      return new RunSummary(
          isKilled ? KILLED : text(run, facts, "status"),
          step instanceof Number number ? number.longValue() : 0,
          text(run, facts, "engine"),
          text(run, facts, "device"),
          Boolean.TRUE.equals(facts.get(Provenance.MAY_BE_RETRIED)),
          facts.get(RetryJson.KEY) instanceof List<?> retries ? retries.size() : 0);
    } catch (IOException e) {
      throw new RunException(Reason.line(e, run.path(), "cannot be read"), e);
    }
  }

  private static Map<String, Object> checked(RunDirectory run, Map<String, Object> facts) {
    Optional<String> wrong = ProvenanceCheck.wrong(facts);
    if (wrong.isPresent()) {
      throw new RunException(run.provenance() + ": is damaged: " + wrong.get());
    }
    return facts;
  }

  /** What {@code run.json} holds. */
  static Map<String, Object> facts(RunDirectory run) {
    byte[] text;
    try {
      text = RegularFile.bytes(run.provenance());
    } catch (NoSuchFileException e) {
      throw new RunException(run.provenance() + ": no such file", e);
    } catch (IOException e) {
      throw new RunException(Reason.line(e, run.provenance(), "cannot be read"), e);
    }
    try {
      return Json.read(text);
    } catch (IOException e) {
      throw damaged(run, e);
    }
  }

  /**
   * When the run was begun.
   *
   * @throws RunException if its {@code run.json} is missing or has no start
   */
  public static Instant start(RunDirectory run) {
    try {
      return Instant.parse(text(run, facts(run), "start"));
    } catch (DateTimeParseException e) {
      throw damaged(run, e);
    }
  }

  private static boolean isRunning(RunDirectory run, Map<String, Object> facts) {
    return text(run, facts, "status").equals(RUNNING);
  }

  private static boolean isFree(RunDirectory run) throws IOException {
    return FolderLock.isKnown(run.path()) && FolderLock.holder(run.path()).isEmpty();
  }

  private static RunException damaged(RunDirectory run, Exception e) {
    return new RunException(run.provenance() + ": is damaged: " + Reason.of(e), e);
  }

  /** Whether the run is over for good: it completed, or diverged and will not be retried. */
  public boolean isFinal() {
    return status.equals("completed") || (status.equals("diverged") && !mayBeRetried);
  }

  private static String text(RunDirectory run, Map<String, Object> facts, String key) {
    if (facts.get(key) instanceof String text) {
      return text;
    }
    throw new RunException(run.provenance() + ": is damaged: it has no " + key);
  }
}
