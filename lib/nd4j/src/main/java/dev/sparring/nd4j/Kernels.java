package dev.sparring.nd4j;

import org.nd4j.linalg.api.buffer.DataType;

/** All operations on numbers, without derivatives. */
final class Kernels {
  private final Memory memory;
  private final Copies copies;
  private final Transfer transfer;
  private final Elementwise elementwise;
  private final Products products;
  private final Sums sums;
  private final Convolutions convolutions;
  private final Pooling pooling;

  Kernels(DataType type) {
    memory = new Memory(type);
    Backend backend = new Backend(type, memory, new Ops());
    copies = new Copies(backend);
    transfer = new Transfer(backend, copies);
    elementwise = new Elementwise(backend, copies);
    products = new Products(backend);
    sums = new Sums(backend, copies, products);
    convolutions = new Convolutions(backend, copies);
    pooling = new Pooling(backend, copies);
  }

  Memory memory() {
    return memory;
  }

  Copies copies() {
    return copies;
  }

  Transfer transfer() {
    return transfer;
  }

  Elementwise elementwise() {
    return elementwise;
  }

  Products products() {
    return products;
  }

  Sums sums() {
    return sums;
  }

  Convolutions convolutions() {
    return convolutions;
  }

  Pooling pooling() {
    return pooling;
  }
}
