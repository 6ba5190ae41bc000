package dev.sparring.nd4j;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineProvider;
import dev.sparring.tensor.Precision;
import java.util.Optional;

/** Lets the engine be chosen by the name {@code nd4j}. */
public final class Nd4jEngineProvider implements EngineProvider {
  /** For {@link java.util.ServiceLoader}. */
  public Nd4jEngineProvider() {}

  @Override
  public String name() {
    return Nd4jEngine.NAME;
  }

  @Override
  public Engine open(Device device, Precision precision) {
    return Nd4jEngine.open(device, precision);
  }

  @Override
  public Optional<String> whyNotPortable() {
    return Processor.whyNotPortable();
  }

  @Override
  public Engine openPortable(Device device, Precision precision) {
    return Nd4jEngine.openPortable(device, precision);
  }
}
