package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A download of one file: loaded beside its target, checked, and only then renamed to the target.
 *
 * @param source address of the file
 * @param checksum SHA-256 of the file's contents, after unpacking if it is a gzip file
 * @param patience longest time without any data
 */
record Download(URI source, String checksum, Duration patience) {
  private static final Duration LOG_EVERY = Duration.ofSeconds(5);

  Download(URI source, String checksum) {
    this(source, checksum, Duration.ofSeconds(60));
  }

  /**
   * Loads the file.
   *
   * @throws IOException if that fails; the target is then as it was
   */
  void to(Path target, Consumer<String> log) throws IOException {
    Path part =
        target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    log.accept("downloading " + source + " to " + target);
    try {
      load(part, log);
      check(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void load(Path part, Consumer<String> log) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
    CompletableFuture<HttpResponse<Path>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(source).timeout(patience).build(),
            info ->
                info.statusCode() == 200
                    ? BodyHandlers.ofFile(part).apply(info)
                    : BodySubscribers.replacing(part));
    // The client's own timeout ends with the headers, so the file's growth is watched from here.
    long bytes = 0;
    long grew = System.nanoTime();
    long logged = grew;
    while (true) {
      try {
        int status = answer.get(200, TimeUnit.MILLISECONDS).statusCode();
        if (status != 200) {
          throw new IOException("HTTP status " + status);
        }
        return;
      } catch (TimeoutException e) {
        long now = System.nanoTime();
        long size = Files.exists(part) ? Files.size(part) : 0;
        if (size > bytes) {
          bytes = size;
          grew = now;
        } else if (now - grew > patience.toNanos()) {
          answer.cancel(true);
          throw new IOException("nothing arrived for " + patience.toSeconds() + " s", e);
        }
        if (now - logged > LOG_EVERY.toNanos()) {
          logged = now;
          log.accept(String.format("%s: %.1f MB so far", source, bytes / 1e6));
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  private void check(Path part) throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    try (InputStream in = IdxFile.unpacked(Files.newInputStream(part));
        DigestInputStream digesting = new DigestInputStream(in, digest)) {
      digesting.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (EOFException e) {
      throw new IOException("truncated after " + Files.size(part) + " bytes", e);
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(checksum)) {
      throw new IOException("contents have SHA-256 " + actual + ", expected " + checksum);
    }
  }

  /** Describes the error; some of the client's exceptions have no message. */
  static String reason(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof java.nio.channels.UnresolvedAddressException) {
        return "the server's name is unknown";
      }
    }
    if (e instanceof java.net.ConnectException) {
      return "no connection";
    }
    return Reason.of(e);
  }
}
