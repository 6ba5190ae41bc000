package dev.sparring.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why a file could not be used, in one plain line without names of classes. */
public final class Reason {
  private Reason() {}

  /** The reason alone, such as {@code permission denied}. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of this name already";
    }
    if (e instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text.lines().findFirst().orElse("");
  }

  /**
   * The file that an exception is about and the reason, with what could not be done between them,
   * such as {@code run/metrics.csv: cannot be written: permission denied}.
   *
   * @param otherwise the file if the exception names none
   * @param what such as {@code cannot be written}
   */
  public static String line(IOException e, Path otherwise, String what) {
    String file =
        e instanceof FileSystemException f && f.getFile() != null
            ? f.getFile()
            : otherwise.toString();
    return file + ": " + what + ": " + of(e);
  }
}
