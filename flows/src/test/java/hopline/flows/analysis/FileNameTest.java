package hopline.flows.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        // folders and endings
        "node-a,                              node-a",
        "/x/node-a.pcap,                      node-a",
        "x/NODE-A.PCAPNG.GZ,                  NODE-A",
        "/x/node.a.etl,                       node.a",
        "/x/.pcap,                            .pcap",
        // pieces: dumpcap and Wireshark, number first or time first, with or without an ending
        "/x/node-a_00001_20261121073818.pcapng,    node-a",
        "/x/node-a_20261121073818_00001.pcapng.gz, node-a",
        "/x/node-a_123456_20261121073818,          node-a",
        "/x/node-a.pcap_00001_20261121073818,      node-a",
        // tcpdump -C, with -W, with -G, compressed by -z; files put aside
        "/x/node-a.pcap1,                     node-a",
        "/x/node-a.pcap007,                   node-a",
        "/x/node-a.pcap12.gz,                 node-a",
        "/x/node-a-2026-11-21_07:38:18.pcap3, node-a",
        "/x/node-a.pcapng.14,                 node-a",
        "/x/node-a.cap-20261121,              node-a",
        // when it was made, as people and tcpdump -G write it
        "/x/node-a_2026-11-21.pcap,           node-a",
        "/x/node-a-2026-11-21T073818Z.pcap,   node-a",
        "/x/node-a-2026-11-21-07-38.pcap,     node-a",
        "/x/node-a_20261121_073818.pcap,      node-a",
        "/x/node-a.202611210738.pcap,         node-a",
        // the files of pktmon's sequence
        "/x/PktMon1.etl,                      PktMon",
        "/x/pktmon12.etl,                     pktmon",
        // numbers that may be the node's own
        "/x/node-1.pcap,                      node-1",
        "/x/node_00001.pcap,                  node_00001",
        "/x/aks-nodepool1-12345678-vmss000001.pcap, aks-nodepool1-12345678-vmss000001",
        "/x/ip-10-42-1-11.pcap,               ip-10-42-1-11",
        "/x/vm-20261121.pcap,                 vm-20261121",
        "/x/vm-1732174698.pcap,               vm-1732174698",
        "/x/node-2026-99-21.pcap,             node-2026-99-21",
        "/x/20261121073818.pcap,              20261121073818",
        "/x/2026-11-21_07-38-18.pcap,         2026-11-21_07-38-18",
    })
    void theBaseIsWhatAllPiecesOfACaptureHaveInCommon(String path, String base) {
        assertThat(FileName.base(path)).isEqualTo(base);
    }
}
