"""Care beds: need by norm and by disability, supply, gap, sensitivity, decomposition. Pure: values come as arguments."""
