package page

import "worth/internal/i18n"

// Commands of the pages of this package beside those of package keys.
const (
	cmdRetry      = "retry"       // ask anew
	cmdScheme     = "scheme"      // choose a segmentation scheme
	cmdCuts       = "cuts.edit"   // edit the cut-points
	cmdApply      = "cuts.apply"  // apply what is typed
	cmdFreeze     = "cuts.freeze" // keep the cut-points, or take quantiles again
	cmdFileOrders = "file.orders"
	cmdRejected   = "load.rejected" // show the rejected rows
	cmdMapping    = "load.mapping"  // say what the columns of a file are
	cmdAdd        = "load.add"      // choose more files
	cmdAll        = "files.all"     // show files of all kinds
)

// groupPage heads the bindings of a page in the help.
const groupPage i18n.Text = "Page"
