package dev.sparring.file;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;

/**
 * Why a file could not be read or written, in words. The messages of Java's own exceptions are not
 * for users: that of most {@link FileSystemException}s is only the path.
 */
public final class Reason {
  private static final String UNMAPPABLE = "Malformed input or input contains unmappable";

  private Reason() {}

  /**
   * The file that an exception is about and the reason, with what could not be done between them,
   * such as {@code run/metrics.csv: cannot be written: permission denied}.
   *
   * @param otherwise the file if the exception names none
   * @param what such as {@code cannot be written}
   */
  public static String line(Throwable e, Path otherwise, String what) {
    String failed = e instanceof FileSystemException f ? f.getFile() : null;
    return (failed == null ? otherwise : failed) + ": " + what + ": " + of(e);
  }

  /** The reason alone, such as {@code permission denied}. */
  public static String of(Throwable e) {
    Throwable inner = e instanceof UncheckedIOException ? e.getCause() : null;
    if (inner != null) {
      return of(inner);
    }
    if (e instanceof FileSystemException f) {
      return of(f);
    }
    if (e instanceof InvalidPathException p) {
      return of(p);
    }
    if (e instanceof FileNotFoundException) {
      return notFound(line(e));
    }
    if (e instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (e instanceof EOFException) {
      return "it ends too early";
    }
    if (e instanceof ClosedByInterruptException) {
      return "it was interrupted";
    }
    if (e instanceof ReadOnlyFileSystemException) {
      return "the file system is read-only";
    }
    return line(e);
  }

  private static String of(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of this name already";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (e instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (e instanceof FileSystemLoopException) {
      return "links lead in a circle";
    }
    if (e instanceof AtomicMoveNotSupportedException) {
      return "the file system cannot replace a file in one step";
    }
    String reason = e.getReason();
    return reason == null || reason.isBlank() ? "the file system refuses it" : first(reason);
  }

  /** A text that is no path on this system. */
  private static String of(InvalidPathException e) {
    String reason = e.getReason();
    return reason != null && reason.startsWith(UNMAPPABLE)
        ? "the locale's encoding, "
            + System.getProperty("sun.jnu.encoding")
            + ", has not all of its letters; set LC_ALL=C.UTF-8"
        : "no file can be named so: " + first(String.valueOf(reason));
  }

  /** Java's older classes put the path before a reason in parentheses. */
  private static String notFound(String message) {
    int open = message.lastIndexOf('(');
    String reason =
        open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : "";
    return switch (reason) {
      case "Permission denied", "Access is denied" -> "permission denied";
      case "", "No such file or directory" -> "no such file or folder";
      case "Is a directory" -> "it is a folder";
      default -> reason;
    };
  }

  private static String line(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : first(message);
  }

  private static String first(String text) {
    return text.strip().lines().findFirst().orElse("");
  }
}
