package dev.sparring.data;

/** Where the channels of images stand. */
public enum Layout {
  /** Channels, height, width: as PyTorch has them. */
  CHANNELS_FIRST,
  /** Height, width, channels: as TensorFlow, Pillow and OpenCV have them. */
  CHANNELS_LAST
}
