package dev.sparring.file;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The process that holds a {@link FolderLock}.
 *
 * @param process its id on its host; ids of containers are their own
 * @param begun when the process began, in milliseconds since 1970, so that a later process of the
 *     same id is not taken for it; 0 if the system does not tell
 * @param host the name of its host
 * @param since since when it has held the lock
 */
public record LockHolder(long process, long begun, String host, Instant since) {
  /**
   * How far two readings of when a process began may differ, in milliseconds: systems compute it
   * from the clock, which is set now and then. In that time no id comes round again.
   */
  private static final long CLOCK = 2_000;

  /** A holder that has not written its name yet. */
  static LockHolder unknown() {
    return new LockHolder(0, 0, "", Instant.EPOCH);
  }

  /** This process, from now on. */
  static LockHolder here() {
    ProcessHandle own = ProcessHandle.current();
    return new LockHolder(
        own.pid(), begun(own), thisHost(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static long begun(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** The name of this host. */
  public static String thisHost() {
    try {
      // On Linux without asking name servers, which may take seconds.
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException | SecurityException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unknown) {
        return "localhost";
      }
    }
  }

  /** Whether that process is not on this host, or is alive on it. */
  boolean mayBeAlive() {
    return !host.equals(thisHost())
        || ProcessHandle.of(process)
            .filter(ProcessHandle::isAlive)
            .filter(p -> begun == 0 || begun(p) == 0 || Math.abs(begun(p) - begun) <= CLOCK)
            .isPresent();
  }

  byte[] toJson() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("process", process);
    json.put("begun", begun);
    json.put("host", host);
    json.put("since", since.toString());
    return Json.pretty(json);
  }

  /** Empty if the text is not that of a holder: it is written after the lock is taken. */
  static Optional<LockHolder> of(byte[] text) {
    try {
      Map<String, Object> json = Json.read(text);
      if (json.get("process") instanceof Number process
          && json.get("begun") instanceof Number begun
          && json.get("host") instanceof String host
          && json.get("since") instanceof String since) {
        return Optional.of(
            new LockHolder(process.longValue(), begun.longValue(), host, Instant.parse(since)));
      }
      return Optional.empty();
    } catch (IOException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Such as {@code process 4242 on host-a, since 2026-11-29T00:42:09Z}. */
  @Override
  public String toString() {
    return process == 0
        ? "another process"
        : "process " + process + " on " + host + ", since " + since;
  }
}
