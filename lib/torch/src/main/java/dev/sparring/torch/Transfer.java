package dev.sparring.torch;

import dev.sparring.tensor.Precision;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Moves numbers between Java arrays and tensors of one device and precision. */
final class Transfer {
  private final boolean single;
  private final boolean onCpu;
  private final Device device;
  private final TensorOptions options;

  Transfer(dev.sparring.tensor.Device device, Precision precision) {
    single = precision.isSingle();
    onCpu = device.kind() == dev.sparring.tensor.Device.Kind.CPU;
    // Retained, since an engine may be opened inside a scope of another one.
    this.device = new Device(device.toString()).retainReference();
    options =
        new TensorOptions(single ? torch.ScalarType.Float : torch.ScalarType.Double)
            .device(new org.bytedeco.pytorch.DeviceOptional(this.device))
            .retainReference();
  }

  /** Type and device of every tensor. */
  TensorOptions options() {
    return options;
  }

  Tensor upload(float[] values, long[] shape) {
    if (single) {
      return settle(Tensor.create(values, shape));
    }
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return settle(Tensor.create(wide, shape));
  }

  Tensor upload(double[] values, long[] shape) {
    return single
        ? settle(Tensor.create(narrow(values), shape))
        : settle(Tensor.create(values, shape));
  }

  float[] floats(Tensor t) {
    if (!single) {
      return narrow(doubles(t));
    }
    Tensor rows = rows(t);
    float[] values = new float[Math.toIntExact(rows.numel())];
    new FloatPointer(rows.data_ptr_float()).get(values);
    return values;
  }

  double[] doubles(Tensor t) {
    if (single) {
      float[] values = floats(t);
      double[] wide = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }
    Tensor rows = rows(t);
    double[] values = new double[Math.toIntExact(rows.numel())];
    new DoublePointer(rows.data_ptr_double()).get(values);
    return values;
  }

  /** The tensor in the processor's memory, in row-major order. */
  private Tensor rows(Tensor t) {
    Tensor constant = t.detach();
    return (onCpu ? constant : constant.cpu()).contiguous();
  }

  private Tensor settle(Tensor t) {
    Tensor placed = onCpu ? t : Cuda.copy(t, device);
    return Images.channelsLast(placed);
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
