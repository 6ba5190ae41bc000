package dev.sparring.classify;

import dev.sparring.file.Sha256;
import dev.sparring.network.Network;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A classifier in a file: its weights as safetensors, its facts as their metadata. */
final class ClassifierFiles {
  private ClassifierFiles() {}

  /** SHA-256 of all parameters in single precision, with their names. */
  static String sha256(Network network) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    network
        .engine()
        .scope(
            () ->
                network
                    .parameters()
                    .forEach(
                        (path, p) -> {
                          try {
                            out.writeUTF(path);
                            for (float value : p.toFloats()) {
                              out.writeFloat(value);
                            }
                          } catch (IOException e) {
                            throw new UncheckedIOException("an array takes every byte", e);
                          }
                        }));
    return Sha256.of(bytes.toByteArray());
  }

  /** Writes a file, atomically. */
  static void write(Path file, Classifier classifier) throws IOException {
    Path beside =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    Network network = classifier.network();
    try {
      Files.deleteIfExists(beside);
      network
          .engine()
          .scope(
              () -> {
                try {
                  Safetensors.write(
                      beside,
                      Precision.FLOAT32,
                      network.parameters(),
                      classifier.facts().toMetadata());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /**
   * Reads a file.
   *
   * @throws SafetensorsException if the file is damaged or is not for this network
   */
  static Classifier read(Path file, NetworkPlan plan, Engine engine) {
    Safetensors tensors = Safetensors.open(file);
    ClassifierFacts facts;
    try {
      facts = ClassifierFacts.of(tensors.metadata());
    } catch (IllegalArgumentException e) {
      throw new SafetensorsException(file + ": " + e.getMessage(), e);
    }
    // Weights are drawn and then overwritten, because a network is always created with drawn
    // weights.
    Network network = Network.create(plan, engine, new Seed(0));
    tensors.restore(network.parameters(), engine, true);
    String found = sha256(network);
    if (!found.equals(facts.weights())) {
      throw new SafetensorsException(
          file + ": its weights have SHA-256 " + found + ", expected " + facts.weights());
    }
    return new Classifier(network, facts);
  }
}
