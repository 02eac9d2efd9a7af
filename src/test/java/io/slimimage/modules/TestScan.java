package io.slimimage.modules;

import io.slimimage.BuildLog;
import io.slimimage.TestJars;
import io.slimimage.TestJdks;
import io.slimimage.blob.Blob;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FileDigests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A module scan with its inputs, and what it reports. */
final class TestScan implements BuildLog {

  final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<String> debug = new ConcurrentLinkedQueue<>();
  private final List<ScannedJar> jars = new ArrayList<>();
  private final List<String> locales = new ArrayList<>();
  private final Path cache;
  private Jdk jdk = TestJdks.running();
  private ModuleSelection selection = ModuleSelection.FOUND;

  private TestScan(Path cache) {
    this.cache = cache;
  }

  static TestScan in(Path cache) {
    return new TestScan(cache);
  }

  static ScannedJar jar(String name, boolean own, TestJars content) {
    return new ScannedJar(name, own, Blob.of(content.bytes()));
  }

  TestScan own(TestJars content) {
    return with(jar("app.jar", true, content));
  }

  TestScan own(TestClass content) {
    return own(TestJars.jar().add("app/Main.class", content.bytes()));
  }

  TestScan library(String name, TestJars content) {
    return with(jar(name, false, content));
  }

  TestScan with(ScannedJar... more) {
    jars.addAll(Arrays.asList(more));
    return this;
  }

  TestScan jdk(Jdk other) {
    jdk = other;
    return this;
  }

  TestScan only(String... modules) {
    selection = new ModuleSelection(List.of(modules), selection.add(), selection.exclude());
    return this;
  }

  TestScan add(String... modules) {
    selection = new ModuleSelection(selection.only(), List.of(modules), selection.exclude());
    return this;
  }

  TestScan exclude(String... modules) {
    selection = new ModuleSelection(selection.only(), selection.add(), List.of(modules));
    return this;
  }

  TestScan locales(String... tags) {
    locales.addAll(List.of(tags));
    return this;
  }

  ModuleSet run() {
    FileDigests digests = FileDigests.unkept();
    ClassPath classPath = ClassPath.of(jars, digests);
    EarlierBuilds earlier = EarlierBuilds.in(cache, digests);
    return ModuleScan.scan(jdk, classPath, selection, locales, earlier, this);
  }

  List<String> modules() {
    return run().names();
  }

  ModuleUse use(String module) {
    return run().uses().stream()
        .filter(use -> use.module().equals(module))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(module));
  }

  @Override
  public void info(String message) {}

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  @Override
  public void debug(String message) {
    debug.add(message);
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }
}
