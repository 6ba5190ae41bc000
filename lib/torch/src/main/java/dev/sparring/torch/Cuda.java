package dev.sparring.torch;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.EngineException;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What is different on a graphics card. Written from the documentation; it has not been run on one.
 *
 * <p>A step waits for the card where core reads a number: the loss of each batch, before weights
 * change by it, so that a training that diverges still has its last finite weights; and the norm of
 * the gradients, if they are clipped. Everything else, uploads included, is only put in its queue.
 */
final class Cuda {
  private Cuda() {}

  /**
   * Refuses a card that is not there, and sets how all of them compute.
   *
   * @throws EngineException in one line
   */
  static void require(Device device) {
    if (!torch.cuda_is_available()) {
      throw new EngineException(
          "no device " + device + ": this libtorch has no CUDA, or finds no card; use cpu");
    }
    int cards = torch.cuda_device_count();
    if (device.index() >= cards) {
      throw new EngineException(
          "no device "
              + device
              + ": there is cuda:0"
              + (cards > 1 ? " to cuda:" + (cards - 1) : ""));
    }
    computeInFull();
  }

  /**
   * Single precision is single precision. By itself libtorch rounds the inputs of convolutions to
   * TF32's 10 bits, as PyTorch does; who wants speed asks for {@code precision: bf16}.
   */
  private static void computeInFull() {
    Context context = torch.globalContext();
    context.setAllowTF32CuBLAS(false);
    context.setAllowTF32CuDNN(false);
  }

  /**
   * Copies a tensor of the processor's memory to a card, without waiting for what the card is
   * doing: from memory that the system may move, which Java's arrays come in, the copy would be
   * awaited. libtorch keeps the fixed memory until it is done.
   */
  static Tensor copy(Tensor t, org.bytedeco.pytorch.Device device) {
    return t.pin_memory().to(device, t.scalar_type(), true, false, new MemoryFormatOptional());
  }
}
