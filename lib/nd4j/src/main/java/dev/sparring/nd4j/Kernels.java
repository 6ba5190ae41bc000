package dev.sparring.nd4j;

import org.nd4j.linalg.api.buffer.DataType;

/** All that computes with numbers and knows nothing of derivatives. */
final class Kernels {
  private final Memory memory;
  private final Moves moves;
  private final Transfer transfer;
  private final Elementwise elementwise;
  private final Products products;
  private final Sums sums;
  private final Convolutions convolutions;
  private final Pooling pooling;

  Kernels(DataType type) {
    memory = new Memory(type);
    Backend backend = new Backend(type, memory, new Ops());
    moves = new Moves(backend);
    transfer = new Transfer(backend, moves);
    elementwise = new Elementwise(backend, moves);
    products = new Products(backend);
    sums = new Sums(backend, moves, products);
    convolutions = new Convolutions(backend, moves);
    pooling = new Pooling(backend, moves);
  }

  Memory memory() {
    return memory;
  }

  Moves moves() {
    return moves;
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
