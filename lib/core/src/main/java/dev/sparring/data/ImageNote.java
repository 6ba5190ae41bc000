package dev.sparring.data;

/** Something about an image that its user should know; the images are read all the same. */
enum ImageNote {
  /** It should be turned or mirrored to be shown. */
  ORIENTED(
      "have an EXIF orientation, which is ignored: they are read as they are stored, turned or"
          + " mirrored (PIL.ImageOps.exif_transpose would apply it)"),
  /** Some of its pixels are not opaque. */
  TRANSPARENT("have transparent pixels, which are put over white"),
  /** Bytes that belong to nothing. */
  STRAY("have stray bytes between their segments or before their end marker, which are left out"),
  /** The end marker is missing and the picture is whole. */
  NO_END("have no end marker; all of their pixels are there"),
  /** Halves that are no squares. */
  NOT_TWICE_AS_WIDE(
      "are not twice as wide as high, so that their halves are no squares and are cropped");

  private final String text;

  ImageNote(String text) {
    this.text = text;
  }

  /** How many images it was found in, and the first of them. */
  record Found(int count, String first) {
    Found andOneMore() {
      return new Found(count + 1, first);
    }
  }

  /** The note about some images. */
  String about(Object folder, Found found) {
    return folder + ": " + found.count() + " images, e.g. " + found.first() + ", " + text;
  }
}
