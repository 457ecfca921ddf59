/**
 * Puts the install tree together, at build time only: nothing of this package is shipped.
 *
 * <pre>
 * bin/          svc.startd svcs svcadm svccfg svcprop    wrappers made from command.sh
 * lib/          the jars, without version in their names, and svc.keeper, svc.launch, svc.train
 * lib/runtime/  a run-time image of the JDK that runs this program: the target machine needs no Java
 * lib/native/   the shared objects of SQLite and jffi, which would else be unpacked into /tmp at every start
 * lib/aot/      one AOT cache a command, made by svc.train in the finished tree
 * share/        man pages, completion, document type, manifests, licences
 * </pre>
 *
 * <p>The tree is relocatable: wrappers find it by their own path, and the JVM accepts an AOT cache as long as the jars have
 * the names, sizes and times they had in training, whatever directory they are in. Each part replaces what an earlier build
 * left, except the run-time image, which is kept while JDK and module list are the same.
 */
package dev.svc.dist;
