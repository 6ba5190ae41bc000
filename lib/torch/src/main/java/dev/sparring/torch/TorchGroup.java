package dev.sparring.torch;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.GroupAddress;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;

/**
 * Processes that sum over libtorch's c10d: Gloo on processors, NCCL on cards. NCCL was written from
 * the documentation and has not been run.
 */
final class TorchGroup implements Group {
  /**
   * The bytes up to which tensors are summed together; as PyTorch's DistributedDataParallel has it.
   */
  private static final long BUCKET = 25L << 20;

  private final TorchEngine engine;
  private final GroupAddress address;
  private final String name;
  private final GroupWatch watch;
  private final Backend backend;
  private boolean closed;

  private TorchGroup(
      TorchEngine engine, GroupAddress address, String name, GroupWatch watch, Backend backend) {
    this.engine = engine;
    this.address = address;
    this.name = name;
    this.watch = watch;
    this.backend = backend;
  }

  /** Waits for the other processes. */
  static TorchGroup join(TorchEngine engine, GroupAddress address) {
    GroupLog.silence();
    boolean onCards = engine.device().kind() == dev.sparring.tensor.Device.Kind.CUDA;
    MeetingPoint meeting = MeetingPoint.of(address);
    Backend backend = Backends.connect(onCards, address, meeting);
    GroupWatch watch = GroupWatch.begin(address, meeting.store());
    return new TorchGroup(engine, address, onCards ? "nccl" : "gloo", watch, backend);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rank() {
    return address.rank();
  }

  @Override
  public int size() {
    return address.size();
  }

  @Override
  @SuppressWarnings("try") // the guard acts by being open
  public List<Tensor> sum(List<Tensor> tensors) {
    if (closed) {
      throw new EngineException("the group of processes is closed");
    }
    List<org.bytedeco.pytorch.Tensor> raw = tensors.stream().map(engine::raw).toList();
    return engine.keep(
        () ->
            engine.call(
                () -> {
                  try (NoGradGuard guard = new NoGradGuard()) {
                    List<Tensor> sums = new ArrayList<>();
                    for (List<org.bytedeco.pytorch.Tensor> bucket : buckets(raw)) {
                      sums.addAll(summed(bucket));
                    }
                    return sums;
                  }
                }));
  }

  @SuppressWarnings("try") // the scope acts by being open
  private List<Tensor> summed(List<org.bytedeco.pytorch.Tensor> bucket) {
    List<Tensor> sums = new ArrayList<>();
    for (org.bytedeco.pytorch.Tensor t : bucket) {
      sums.add(new TorchTensor(engine, torch.empty_like(t)));
    }
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor[] rows =
          bucket.stream()
              .map(t -> t.detach().reshape(-1))
              .toArray(org.bytedeco.pytorch.Tensor[]::new);
      org.bytedeco.pytorch.Tensor joined = torch.cat(new TensorVector(rows), 0);
      reduce(joined);
      long from = 0;
      for (int i = 0; i < rows.length; i++) {
        org.bytedeco.pytorch.Tensor target = engine.raw(sums.get(i));
        long count = target.numel();
        target.copy_(joined.narrow(0, from, count).view(target.sizes()));
        from += count;
      }
    }
    return sums;
  }

  private void reduce(org.bytedeco.pytorch.Tensor joined) {
    try {
      Work work = backend.allreduce(new TensorVector(joined));
      work._wait();
    } catch (RuntimeException e) {
      // JavaCPP throws the bare class for every C++ exception.
      closed = true;
      throw lost(e);
    }
  }

  private EngineException lost(RuntimeException e) {
    String reason = Failures.firstLine(e);
    boolean isTimeout = reason.contains("Timed out") || reason.contains("timeout");
    String gone = watch.whoIsGone();
    return new EngineException(
        "process "
            + rank()
            + " of "
            + size()
            + ": "
            + gone
            + (isTimeout
                ? " did not answer within " + address.timeout().toSeconds() + " s"
                : " ended")
            + " ("
            + reason.replaceFirst("^\\[[^]]*] ?", "")
            + "); "
            + LEFT_ALONE,
        e);
  }

  private static List<List<org.bytedeco.pytorch.Tensor>> buckets(
      List<org.bytedeco.pytorch.Tensor> tensors) {
    List<List<org.bytedeco.pytorch.Tensor>> all = new ArrayList<>();
    long bytes = BUCKET;
    for (org.bytedeco.pytorch.Tensor t : tensors) {
      long own = t.numel() * t.element_size();
      if (bytes + own > BUCKET) {
        all.add(new ArrayList<>());
        bytes = 0;
      }
      all.get(all.size() - 1).add(t);
      bytes += own;
    }
    return all;
  }

  @Override
  public void close() {
    watch.close();
    if (closed) {
      return;
    }
    closed = true;
    try {
      backend.shutdown();
    } catch (RuntimeException e) {
      // Nothing is asked of it any more.
      return;
    }
  }
}
