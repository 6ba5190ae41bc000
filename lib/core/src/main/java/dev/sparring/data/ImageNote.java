package dev.sparring.data;

/** Something about an image that its user should know; the images are read all the same. */
enum ImageNote {
  /** It should be turned or mirrored to be shown. */
  ORIENTED(
      "have an EXIF orientation, which is ignored: they are read as they are stored, turned or"
          + " mirrored (PIL.ImageOps.exif_transpose would apply it)"),
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

  /** The note about some images. */
  String about(Object folder, int count, String first) {
    return folder + ": " + count + " images, e.g. " + first + ", " + text;
  }
}
