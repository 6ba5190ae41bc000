package dev.sparring.file;

import java.io.IOException;

/** A folder is being written to already; the message says which, by whom and since when. */
public final class FolderHeldException extends IOException {
  private static final long serialVersionUID = 1L;

  FolderHeldException(String message) {
    super(message);
  }
}
