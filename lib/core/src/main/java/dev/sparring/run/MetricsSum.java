package dev.sparring.run;

import dev.sparring.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The number of rows of a metrics file and the SHA-256 of their figures with the names of their
 * columns. Empty cells are left out, so a column that is added later changes nothing.
 */
final class MetricsSum {
  private final MessageDigest digest = Sha256.digest();
  private long rows;

  /**
   * Adds a row.
   *
   * @param header all columns, {@code step} and {@code seconds} among them
   * @param cells the row's, one for each column; there may be more columns after them
   */
  void add(List<String> header, List<String> cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) {
        row.append(header.get(i)).append('=').append(cells.get(i)).append(',');
      }
    }
    digest.update(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    rows++;
  }

  CheckpointState.RowsSum soFar() {
    return new CheckpointState.RowsSum(rows, Sha256.soFar(digest));
  }
}
