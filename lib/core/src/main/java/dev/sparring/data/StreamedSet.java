package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A part of images that are not all in memory, read as {@link ByteSet} reads. */
final class StreamedSet implements DataSet {
  private final StreamedImages images;
  private final int part;
  private final Shape sampleShape;
  private final int @Nullable [] labels;
  private final List<String> skipped;
  private final String fingerprint;

  StreamedSet(
      StreamedImages images,
      int part,
      Shape sampleShape,
      int @Nullable [] labels,
      List<String> skipped,
      String fingerprint) {
    this.images = images;
    this.part = part;
    this.sampleShape = sampleShape;
    this.labels = labels;
    this.skipped = skipped;
    this.fingerprint = fingerprint;
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public int size() {
    return images.names().size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    ByteSet.scale(images.image(index, part), target, offset);
  }

  @Override
  public boolean isStreamed() {
    return true;
  }

  @Override
  public String name(int index) {
    return images.names().get(index);
  }

  @Override
  public List<String> skipped() {
    return skipped;
  }

  @Override
  public OptionalInt label(int index) {
    return labels == null ? OptionalInt.empty() : OptionalInt.of(labels[index]);
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
