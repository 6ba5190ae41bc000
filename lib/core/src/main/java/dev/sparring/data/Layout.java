package dev.sparring.data;

/** The position of the channel axis of images. */
public enum Layout {
  /** Channels, height, width: as in PyTorch. */
  CHANNELS_FIRST,
  /** Height, width, channels: as in TensorFlow, Pillow and OpenCV. */
  CHANNELS_LAST
}
