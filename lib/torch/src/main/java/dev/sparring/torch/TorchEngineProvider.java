package dev.sparring.torch;

import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineProvider;
import dev.sparring.tensor.Precision;
import java.util.Optional;

/** Lets the engine be chosen by the name {@code torch}. */
public final class TorchEngineProvider implements EngineProvider {
  /** For {@link java.util.ServiceLoader}. */
  public TorchEngineProvider() {}

  @Override
  public String name() {
    return TorchEngine.NAME;
  }

  @Override
  public Engine open(Device device, Precision precision) {
    return TorchEngine.open(device, precision);
  }

  @Override
  public Optional<String> whyNotPortable() {
    return NativeProcess.whyNotPortable();
  }

  @Override
  public Engine openPortable(Device device, Precision precision) {
    return TorchEngine.openPortable(device, precision);
  }
}
